import { expect, test } from 'vitest';
import { createListeners } from '../../../src/core/listeners';

test('each listener is told until it is taken away, once a listener', () => {
  const { add, emit } = createListeners<number>();
  const told: string[] = [];
  const first = (value: number) => told.push(`a${value}`);
  const stopFirst = add(first);
  add(first);
  const stopSecond = add((value) => told.push(`b${value}`));
  emit(1);
  stopFirst();
  stopFirst();
  emit(2);
  stopSecond();
  emit(3);
  expect(told).toEqual(['a1', 'b1', 'b2']);
});

test('a listener may take itself or another away while it is told', () => {
  const { add, emit } = createListeners<void>();
  const told: string[] = [];
  const stopA = add(() => {
    told.push('a');
    stopA();
    stopB();
  });
  const stopB = add(() => told.push('b'));
  emit();
  emit();
  expect(told).toEqual(['a', 'b']);
});
