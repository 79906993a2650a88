/** Runs cross from the store's thread in slices, as taking in thousands at once would hold up the window. */
const pageSize = 200;

/** Reads a long list a page at a time. */
export async function* eachPage<T>(
  read: (page: { readonly limit: number; readonly offset: number }) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let offset = 0; ; offset += pageSize) {
    const page = await read({ limit: pageSize, offset });
    yield page;
    if (page.length < pageSize) return;
  }
}

export async function readPages<T>(
  read: (page: { readonly limit: number; readonly offset: number }) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of eachPage(read)) all.push(...page);
  return all;
}
