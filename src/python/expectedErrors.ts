import type { Expression, WithStatement } from './syntax';

/** Whether what is done within is meant to fail, or may: `with pytest.raises(ValueError):`. What is wrong there is no finding. */
export function expectsError(statement: WithStatement): boolean {
  return statement.items.some(({ value }) => value.kind === 'call' && expecting.test(lastName(value.callee)));
}

/** Of pytest, unittest, TensorFlow's tests, nose and contextlib. */
const expecting = /^(?:raises|assertRaises\w*|assert_raises\w*|suppress)$/;

function lastName(callee: Expression): string {
  return callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
}
