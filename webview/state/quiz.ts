import { isCount, isRecord, merge } from './check';

export interface QuizState {
  /** Where the questions start; another number, other questions. */
  readonly seed: number;
  /** Questions answered. */
  readonly asked: number;
  /** Right at the first attempt. */
  readonly correct: number;
  /** Seeds of questions answered wrongly, to come back. */
  readonly missed: readonly number[];
  /** Seed of the current question, and the answer given to it. */
  readonly current: number;
  readonly answer: number;
}

/** No answer yet. */
export const unanswered = -1;

export const defaultQuiz: QuizState = { seed: 1, asked: 0, correct: 0, missed: [], current: 1, answer: unanswered };

export function parseQuiz(value: unknown): QuizState {
  const fallback = defaultQuiz;
  if (!isRecord(value)) return fallback;
  const missed = value['missed'];
  return { ...merge(fallback, value), missed: Array.isArray(missed) ? missed.filter(isCount).slice(0, 50) : [] };
}
