import { expect, onTestFinished, test, vi } from 'vitest';
import { createRpc, type RpcChannel } from '../../../src/core/rpc';
import { UserError } from '../../../src/core/userError';
import { createChannelPair } from '../app/memoryRpc';

interface Service {
  add(a: number, b: number): number;
  slow(ms: number, answer: string): Promise<string>;
  throwUser(): void;
  throwPlain(): void;
  throwText(): void;
  giveFunction(): unknown;
  giveError(): Error;
  columns(): Float64Array;
}

const service: Service = {
  add: (a, b) => a + b,
  slow: (ms, answer) => new Promise((resolve) => setTimeout(() => resolve(answer), ms)),
  throwUser() {
    throw new UserError('Open a folder first.');
  },
  async throwPlain() {
    throw new RangeError('too far');
  },
  throwText() {
    throw 'just text';
  },
  giveFunction: () => () => undefined,
  giveError: () => new TypeError('a result'),
  columns: () => Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY),
};

function connect<TCaller extends object = object>(caller?: TCaller) {
  const [here, there] = createChannelPair();
  const served = createRpc<TCaller, Service>(there, service);
  const calling = createRpc<Service, object>(here, caller ?? {});
  onTestFinished(() => {
    calling.dispose();
    served.dispose();
  });
  return { calling, served, remote: calling.remote };
}

test('a call is answered with what the function gives, columns included', async () => {
  const { remote } = connect();
  expect(await remote.add(2, 3)).toBe(5);
  expect(await remote.columns()).toEqual(Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY));
});

test('calls at once each get their own answer, the quick one first', async () => {
  const { remote } = connect();
  const order: string[] = [];
  const calls = [30, 1, 10].map(async (ms) => order.push(await remote.slow(ms, `${ms}`)));
  await Promise.all(calls);
  expect(order).toEqual(['1', '10', '30']);
});

test('an error crosses with its name and message', async () => {
  const { remote } = connect();
  const user = await remote.throwUser().catch((error: unknown) => error);
  expect(user).toBeInstanceOf(Error);
  expect(user).toMatchObject({ name: 'UserError', message: 'Open a folder first.' });
  await expect(remote.throwPlain()).rejects.toMatchObject({
    name: 'RangeError',
    message: 'too far',
  });
  await expect(remote.throwText()).rejects.toMatchObject({ name: 'Error', message: 'just text' });
});

test('an error crosses a channel that carries JSON only, as that of a page does', async () => {
  const [here, there] = createChannelPair();
  const asJson = (channel: RpcChannel): RpcChannel => ({
    ...channel,
    post: (message) => channel.post(JSON.parse(JSON.stringify(message))),
  });
  createRpc<object, Service>(asJson(there), service);
  const { remote } = createRpc<Service, object>(asJson(here), {});
  await expect(remote.throwUser()).rejects.toMatchObject({ name: 'UserError' });
});

test('what cannot cross rejects its caller, and the connection goes on', async () => {
  const { remote } = connect();
  await expect(remote.giveFunction()).rejects.toMatchObject({ name: 'DataCloneError' });
  // SAFETY: this is the very mistake that is tested.
  const wrong = (() => undefined) as unknown as number;
  await expect(remote.add(wrong, 1)).rejects.toMatchObject({ name: 'DataCloneError' });
  expect(await remote.add(1, 1)).toBe(2);
});

test('a function that the other side does not have rejects', async () => {
  const [here, there] = createChannelPair();
  createRpc<object, object>(there, {});
  const { remote } = createRpc<Service, object>(here, {});
  await expect(remote.add(1, 2)).rejects.toThrow(/"add" not found/);
});

test('disposing rejects every open call and every later one', async () => {
  const { calling, remote } = connect();
  const open = [remote.slow(60_000, 'a'), remote.slow(60_000, 'b')].map((call) =>
    call.catch((error: Error) => error.message),
  );
  calling.dispose();
  expect(await Promise.all(open)).toEqual(Array(2).fill('The connection was closed'));
  await expect(remote.add(1, 2)).rejects.toThrow(/closed/);
});

test('a disposed side answers no more', async () => {
  const { served, remote } = connect();
  served.dispose();
  const answered = vi.fn();
  void remote.add(1, 2).then(answered, answered);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).not.toHaveBeenCalled();
});

test('telling waits for nothing: not for a slow side, a failing one, nor one that is gone', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { calling } = connect();
  expect(calling.notify.slow(60_000, 'x')).toBeUndefined();
  expect(calling.notify.throwUser()).toBeUndefined();
  calling.dispose();
  expect(calling.notify.add(1, 2)).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).not.toHaveBeenCalled();
});

test('the side that is called can call back', async () => {
  const { served } = connect({ name: () => 'the page' });
  expect(await served.remote.name()).toBe('the page');
});

test('awaiting the remote itself calls nothing', async () => {
  const { remote } = connect();
  expect(await remote).toBe(remote);
});
