/** The same with another value in one field, or without it. */
export function withField<T extends object, K extends keyof T>(
  spec: T,
  name: K,
  value: T[K] | undefined,
): T {
  const { [name]: _before, ...rest } = spec;
  // SAFETY: only a field that may be missing is given `undefined`.
  return (value === undefined ? rest : { ...rest, [name]: value }) as T;
}
