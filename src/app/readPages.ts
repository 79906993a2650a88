/** Runs cross from the store's thread in slices, as taking in thousands at once would hold up the window. */
const pageSize = 200;

/** Reads what many ids name, in slices of the same size. */
export async function readSlices<I, T>(
  ids: readonly I[],
  read: (slice: readonly I[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let start = 0; start < ids.length; start += pageSize) {
    all.push(...(await read(ids.slice(start, start + pageSize))));
  }
  return all;
}

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
