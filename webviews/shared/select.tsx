import './select.css';

interface SelectProps<T extends string> {
  /** Said before it, and its name. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
  /** Where the options say all. */
  readonly hidesLabel?: boolean;
}

/** A choice of one out of some, which takes little room. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, onChange, hidesLabel = false } = props;
  return (
    <label class="labelled-select">
      <span class={hidesLabel ? 'visually-hidden' : ''}>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const option = options[currentTarget.selectedIndex];
          if (option !== undefined && option.value !== value) onChange(option.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
