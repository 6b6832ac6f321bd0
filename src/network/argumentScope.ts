import { type Arguments } from '../python/values';

/**
 * `with slim.arg_scope([slim.conv2d], stride=2):` says what the named functions get where a call leaves it out.
 * Scopes within each other add up. Source: google-research/tf-slim:tf_slim/ops/arg_scope.py.
 */
export interface ArgumentScope {
  /** By function (`conv2d_transpose`). */
  readonly defaults: ReadonlyMap<string, readonly Argument[]>;
  /** Functions of which something not known may be set; `all`: any. */
  readonly open: ReadonlySet<string> | 'all';
}

type Argument = Arguments['keywords'][number];

export const noArgumentScope: ArgumentScope = { defaults: new Map(), open: new Set() };
