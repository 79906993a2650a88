import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type ComponentChild, type ComponentChildren, h } from 'preact';
import { useCallback } from 'preact/hooks';

/**
 * The controls of VS Code's look. This is the only file that knows where they come from: the toolkit
 * is no longer maintained, and replacing it must touch nothing else.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeProgressRing(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

/** The control that an event comes from, seen as the native control that it stands for. */
function inputOf(event: Event): Pick<HTMLInputElement, 'checked' | 'value'> {
  // SAFETY: only used on elements of the toolkit that have the property that is read.
  return event.target as HTMLInputElement;
}

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly look?: 'primary' | 'secondary' | 'icon';
  readonly disabled?: boolean;
  /** Needed where the content is an icon alone. */
  readonly label?: string;
  readonly title?: string;
  readonly pressed?: boolean;
}

export function Button(props: ButtonProps): ComponentChild {
  return h(
    'vscode-button',
    {
      ...(props.label === undefined ? {} : { 'aria-label': props.label }),
      ...(props.pressed === undefined ? {} : { 'aria-pressed': String(props.pressed) }),
      ...(props.title === undefined ? {} : { title: props.title }),
      appearance: props.look ?? 'secondary',
      disabled: props.disabled ?? false,
      onClick: props.onClick,
    },
    props.children,
  );
}

interface CheckboxProps {
  readonly children: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ children, checked, onChange }: CheckboxProps): ComponentChild {
  return h(
    'vscode-checkbox',
    {
      checked,
      // The element also says "change" when it is first given its value.
      onChange: (event: Event) => {
        const next = inputOf(event).checked;
        if (next !== checked) onChange(next);
      },
    },
    children,
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function TextField({ label, placeholder, value, onInput }: TextFieldProps): ComponentChild {
  // The element names itself "Text field" when it is connected, so the name is given after that.
  const name = useCallback(
    (element: Element | null) => element?.setAttribute('aria-label', label),
    [label],
  );
  return h('vscode-text-field', {
    ref: name,
    placeholder,
    value,
    onInput: (event: Event) => onInput(inputOf(event).value),
  });
}

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly onInput: (value: string) => void;
}

/** Text that may take several rows. */
export function TextArea({ label, value, rows, onInput }: TextAreaProps): ComponentChild {
  const name = useCallback(
    (element: Element | null) => element?.setAttribute('aria-label', label),
    [label],
  );
  return h('vscode-text-area', {
    ref: name,
    rows,
    resize: 'vertical',
    value,
    onInput: (event: Event) => onInput(inputOf(event).value),
  });
}

interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>): ComponentChild {
  const { label, value, options, onChange } = props;
  return h(
    'vscode-radio-group',
    {
      'aria-label': label,
      value,
      onChange: (event: Event) => {
        const chosen = inputOf(event).value;
        const option = options.find((other) => other.value === chosen);
        if (option !== undefined && option.value !== value) onChange(option.value);
      },
    },
    h('span', { slot: 'label' }, label),
    ...options.map((option) =>
      h('vscode-radio', { key: option.value, value: option.value }, option.text),
    ),
  );
}

/** Says in words what goes on where the user asked that nothing moves, be it the system or VS Code. */
export function ProgressRing({ label }: { readonly label: string }): ComponentChild {
  const isStill =
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    document.body.classList.contains('vscode-reduce-motion');
  if (isStill) return h('span', {}, `${label}…`);
  // The toolkit calls it “Loading” as it is put in, whatever it was called before.
  return h('vscode-progress-ring', {
    ref: (ring: HTMLElement | null) => ring?.setAttribute('aria-label', label),
  });
}
