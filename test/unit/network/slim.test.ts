import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';
import { testModels, type ModelCase } from './shapes';

const header = `
import tensorflow as tf
slim = tf.contrib.slim
`;

const models: readonly ModelCase[] = [
  {
    name: 'an arg_scope gives what the calls within it leave out',
    source: `
      def decoder(x):
          with slim.arg_scope([slim.conv2d, slim.conv2d_transpose], kernel_size=4, stride=2):
              x = slim.conv2d(x, 32)
              return slim.conv2d_transpose(x, 64)
      decoder(tf.zeros([1, 4, 4, 3]))
    `,
    shapes: ['(1, 2, 2, 32) → (1, 4, 4, 64)'],
  },
  {
    name: 'scopes within each other add up, and go with the block',
    source: `
      x = tf.zeros([1, 4, 4, 3])
      with slim.arg_scope([slim.conv2d_transpose], kernel_size=[5, 5], padding='VALID'):
          with slim.arg_scope([slim.convolution2d_transpose], stride=3, padding='SAME'):
              slim.conv2d_transpose(x, 8)
          slim.conv2d_transpose(x, 8)
      slim.conv2d_transpose(x, 8, 3)
    `,
    shapes: ['(1, 4, 4, 3) → (1, 12, 12, 8)', '(1, 4, 4, 3) → (1, 8, 8, 8)', '(1, 4, 4, 3) → (1, 4, 4, 8)'],
  },
  {
    name: 'a scope that a function returns takes the place of the one around it',
    source: `
      def scope():
          with slim.arg_scope([slim.conv2d_transpose], kernel_size=2):
              with slim.arg_scope([slim.conv2d_transpose], stride=2) as sc:
                  return sc
      x = tf.zeros([1, 4, 4, 3])
      with slim.arg_scope([slim.conv2d_transpose], padding='VALID', kernel_size=7):
          with slim.arg_scope(scope()):
              slim.conv2d_transpose(x, 8)
    `,
    shapes: ['(1, 4, 4, 3) → (1, 8, 8, 8)'],
  },
  {
    name: 'what the call says itself counts',
    source: `
      with slim.arg_scope([slim.conv2d_transpose], stride=2):
          slim.conv2d_transpose(tf.zeros([1, 4, 4, 3]), 8, 4, 4)
    `,
    shapes: ['(1, 4, 4, 3) → (1, 16, 16, 8)'],
  },
  {
    name: 'a scope of which nothing is known may set everything',
    source: `
      with slim.arg_scope(somebody_elses()):
          slim.conv2d_transpose(tf.zeros([1, 4, 4, 3]), 8, 4)
    `,
    shapes: ['(1, 4, 4, 3) → (1, ?, ?, ?)'],
  },
  {
    name: 'pooling of TF-Slim halves by default',
    source: `
      x = slim.max_pool2d(tf.zeros([1, 8, 8, 3]), 2)
      x = slim.avg_pool2d(x, [2, 2], stride=1, padding='SAME')
      slim.conv2d_transpose(slim.conv2d(x, 6, 3, 2), 8, 4, 2)
    `,
    shapes: ['(1, 2, 2, 6) → (1, 4, 4, 8)'],
  },
];

describe('TF-Slim', () => {
  testModels(models, header);

  it('reports no missing argument: a caller may have a scope', () => {
    assert.deepEqual(analyzeFile(`${header}\ndef f(x):\n    return slim.conv2d_transpose(x, 8)\n`).findings, []);
  });
});
