import { testModels, type ModelCase } from './shapes';

const header = `
import tensorflow as tf
import keras
from keras import layers, models, Input, Model, Sequential
`;

const models: readonly ModelCase[] = [
  {
    name: 'one of two versions of Keras, by the version that is installed',
    source: `
      def is_three():
          try:
              from tensorflow import keras
              if hasattr(keras, 'version') and keras.version().startswith('3.'):
                  return True
          except:
              raise ValueError('no Keras')
          return False
      if is_three():
          import keras as k
      else:
          import compatible.keras2 as k
      up = k.layers.Conv2DTranspose(2, 3, 2, padding='same')(k.Input((4, 4, 8)))
      if int(k.__version__.split('.')[0]) >= 3:
          k.layers.Conv2DTranspose(1, 2, 2)(up)
    `,
    shapes: ['(N, 4, 4, 8) → (N, 8, 8, 2)', '(N, 8, 8, 2) → (N, 16, 16, 1)'],
  },
  {
    name: 'Sequential of a list, with input_shape',
    source: `
      model = Sequential([
          layers.Dense(7 * 7 * 8, input_shape=(100,)),
          layers.Reshape((7, 7, 8)),
          layers.Conv2DTranspose(4, 5, strides=2, padding='same'),
          layers.LeakyReLU(),
          layers.Conv2DTranspose(1, 5, strides=(2, 2), padding='same', activation='tanh'),
      ])
    `,
    shapes: ['(N, 7, 7, 8) → (N, 14, 14, 4)', '(N, 14, 14, 4) → (N, 28, 28, 1)'],
  },
  {
    name: 'Sequential with add, in a loop, and batch_input_shape',
    source: `
      model = tf.keras.Sequential()
      model.add(layers.Conv2D(8, 3, strides=2, padding='same', batch_input_shape=(16, 32, 32, 3)))
      for f in (4, 2):
          model.add(layers.Conv2DTranspose(f, 4, strides=2, padding='same'))
          model.add(layers.BatchNormalization())
    `,
    shapes: ['(16, 16, 16, 8) → (16, 32, 32, 4)', '(16, 32, 32, 4) → (16, 64, 64, 2)'],
  },
  {
    name: 'functional U-Net with skips',
    source: `
      inputs = Input(shape=(64, 64, 3), batch_size=2)
      c1 = layers.Conv2D(8, 3, padding='same', activation='relu')(inputs)
      p1 = layers.MaxPooling2D((2, 2))(c1)
      c2 = layers.Conv2D(16, 3, padding='same')(p1)
      u1 = layers.Conv2DTranspose(8, 2, strides=2)(c2)
      m1 = layers.concatenate([u1, c1], axis=3)
      out = layers.Conv2DTranspose(1, 3, strides=2, padding='valid')(m1)
      Model(inputs, out)
    `,
    shapes: ['(2, 32, 32, 16) → (2, 64, 64, 8)', '(2, 64, 64, 16) → (2, 129, 129, 1)'],
  },
  {
    name: 'a wrapper that returns a Sequential',
    source: `
      def upsample(filters, size, apply_dropout=False):
          result = tf.keras.Sequential()
          result.add(layers.Conv2DTranspose(filters, size, strides=2, padding='same', use_bias=False))
          if apply_dropout:
              result.add(layers.Dropout(0.5))
          result.add(layers.ReLU())
          return result
      x = inputs = tf.keras.layers.Input(shape=[16, 16, 3])
      for up in [upsample(8, 4, apply_dropout=True), upsample(4, 4)]:
          x = up(x)
    `,
    shapes: ['(N, 16, 16, 3) → (N, 32, 32, 8)', '(N, 32, 32, 8) → (N, 64, 64, 4)'],
  },
  {
    name: 'nested functional models, two inputs',
    source: `
      def decoder():
          z = Input((4, 4, 8))
          return Model(inputs=z, outputs=layers.Conv2DTranspose(4, 4, strides=2, padding='same')(z), name='decoder')
      a, b = Input((4, 4, 4)), Input((4, 4, 4))
      y = decoder()(layers.Concatenate()([a, b]))
      layers.Conv2DTranspose(1, 2, strides=2)(y)
    `,
    shapes: ['(N, 4, 4, 8) → (N, 8, 8, 4)', '(N, 8, 8, 4) → (N, 16, 16, 1)'],
  },
  {
    name: 'a subclassed model',
    source: `
      class Decoder(keras.Model):
          def __init__(self, width=8):
              super().__init__()
              self.dense = layers.Dense(4 * 4 * width)
              self.reshape = layers.Reshape((4, 4, width))
              self.ups = [layers.Conv2DTranspose(width // 2 ** (i + 1), 3, 2, 'same') for i in range(2)]
          def call(self, z, training=False):
              x = self.reshape(self.dense(z))
              for up in self.ups:
                  x = tf.nn.relu(up(x))
              return x
      Decoder()(tf.zeros((5, 100)))
    `,
    shapes: ['(5, 4, 4, 8) → (5, 8, 8, 4)', '(5, 8, 8, 4) → (5, 16, 16, 2)'],
  },
  {
    name: 'a subclassed layer that makes its layers in build',
    source: `
      class Up(layers.Layer):
          def __init__(self, filters, **kwargs):
              super().__init__(**kwargs)
              self.filters = filters
          def build(self, input_shape):
              self.conv = layers.Conv2DTranspose(self.filters, 2, strides=2)
          def call(self, inputs):
              return self.conv(inputs)
      x = Input((8, 8, 3))
      Up(4)(x)
    `,
    shapes: ['(N, 8, 8, 3) → (N, 16, 16, 4)'],
  },
  {
    name: 'channels first by argument',
    source: `
      x = Input((3, 8, 8))
      x = layers.Conv2D(8, 3, padding='same', data_format='channels_first')(x)
      layers.Conv2DTranspose(4, 2, strides=2, data_format='channels_first')(x)
    `,
    shapes: ['(N, 8, 8, 8) → (N, 4, 16, 16)'],
  },
  {
    name: 'channels first for all',
    source: `
      from keras import backend as K
      K.set_image_data_format('channels_first')
      x = Input((3, 8, 9))
      layers.Conv2DTranspose(4, 2, strides=2)(x)
    `,
    shapes: ['(N, 3, 8, 9) → (N, 4, 16, 18)'],
  },
  {
    name: 'the default format as code asks for it',
    source: `
      def standard(data_format):
          return keras.config.image_data_format() if data_format is None else data_format
      axis = -1 if keras.backend.image_data_format() == 'channels_last' else 1
      x = layers.Conv2DTranspose(4, 2, strides=2, data_format=standard(None))(Input((8, 9, 3)))
      layers.Conv2DTranspose(4, 2, strides=2)(layers.concatenate([x, x], axis=axis))
    `,
    shapes: ['(N, 8, 9, 3) → (N, 16, 18, 4)', '(N, 16, 18, 8) → (N, 32, 36, 4)'],
  },
  {
    name: 'build with an input shape',
    source: `
      model = Sequential([layers.Conv2DTranspose(4, 2, strides=2)])
      model.build((None, 8, 8, 3))
    `,
    shapes: ['(N, 8, 8, 3) → (N, 16, 16, 4)'],
  },
  {
    name: 'build and predict of a model that is a class',
    source: `
      class Up(keras.Model):
          def __init__(self):
              super().__init__()
              self.up = layers.Conv2DTranspose(4, 2, strides=2)
          def call(self, x):
              return self.up(x)
      Up().build((None, 8, 9, 3))
      Up().build(input_shape=(5, 6, 7, 2))
      layers.Conv2DTranspose(1, 2, strides=2)(Up().predict(tf.zeros((2, 3, 4, 5))))
    `,
    shapes: ['(N, 8, 9, 3) → (N, 16, 18, 4)', '(5, 6, 7, 2) → (5, 12, 14, 4)', '(2, 3, 4, 5) → (2, 6, 8, 4)', '(2, 6, 8, 4) → (2, 12, 16, 1)'],
  },
  {
    name: 'one and three dimensions, cropping, padding, upsampling, pooling',
    source: `
      x = Input((10, 4))
      x = layers.Conv1DTranspose(8, 3, strides=2, padding='valid')(x)
      x = layers.Cropping1D((1, 0))(x)
      x = layers.UpSampling1D(2)(x)
      layers.Conv1DTranspose(2, 2, strides=2)(x)
      y = layers.ZeroPadding3D(1)(Input((4, 4, 4, 2)))
      y = layers.AveragePooling3D()(y)
      layers.Conv3DTranspose(2, 2, strides=(1, 2, 2))(y)
    `,
    shapes: ['(N, 10, 4) → (N, 21, 8)', '(N, 40, 8) → (N, 80, 2)', '(N, 3, 3, 3, 2) → (N, 4, 6, 6, 2)'],
  },
  {
    name: 'open sizes become symbols',
    source: `
      x = Input((None, None, 3))
      x = layers.Conv2D(8, 3, strides=2, padding='same')(x)
      layers.Conv2DTranspose(4, 4, strides=2, padding='same')(x)
    `,
    shapes: ['(N, (H + 1)//2, (W + 1)//2, 8) → (N, 2*((H + 1)//2), 2*((W + 1)//2), 4)'],
  },
];

const tensorflow: readonly ModelCase[] = [
  {
    name: 'tf.concat, tf.reshape, tf.image.resize, tf.pad',
    source: `
      up = layers.Conv2DTranspose(4, 2, strides=2)
      x = tf.reshape(tf.zeros((2, 72)), (-1, 3, 3, 8))
      up(x)
      up(tf.concat([x, tf.zeros((2, 3, 4, 8))], axis=2))
      up(tf.image.resize(x, (9, 10)))
      up(tf.pad(x, [[0, 0], [1, 1], [2, 2], [0, 0]]))
    `,
    shapes: [
      '(2, 3, 3, 8) → (2, 6, 6, 4)', '(2, 3, 7, 8) → (2, 6, 14, 4)', '(2, 9, 10, 8) → (2, 18, 20, 4)', '(2, 5, 7, 8) → (2, 10, 14, 4)',
    ],
  },
  {
    name: 'keras.ops',
    source: `
      up = layers.Conv2DTranspose(4, 2, strides=2)
      x = keras.ops.zeros((2, 3, 3, 8))
      up(keras.ops.concatenate([x, x], axis=1))
      up(keras.ops.transpose(x, (0, 2, 1, 3)))
      up(keras.ops.reshape(x, (2, 9, 1, 8)))
    `,
    shapes: ['(2, 6, 3, 8) → (2, 12, 6, 4)', '(2, 3, 3, 8) → (2, 6, 6, 4)', '(2, 9, 1, 8) → (2, 18, 2, 4)'],
  },
  {
    name: 'TensorFlow 1: a graph function with output_shape',
    source: `
      def deconv2d(input_, output_shape, k=5, d=2, name='deconv2d'):
          with tf.variable_scope(name):
              w = tf.get_variable('w', [k, k, output_shape[-1], input_.get_shape()[-1]])
              return tf.nn.conv2d_transpose(input_, w, output_shape=output_shape, strides=[1, d, d, 1])
      z = tf.placeholder(tf.float32, [64, 100])
      h = tf.reshape(tf.layers.dense(z, 4 * 4 * 8), [-1, 4, 4, 8])
      h = deconv2d(h, [64, 8, 8, 4])
      deconv2d(tf.nn.relu(h), [64, 16, 16, 3])
    `,
    shapes: ['(64, 4, 4, 8) → (64, 8, 8, 4)', '(64, 8, 8, 4) → (64, 16, 16, 3)'],
  },
  {
    name: 'TensorFlow 1: functions around conv2d_transpose, for several versions, with shapes from tensors',
    source: `
      def deconv2d(x, output_shape, k=5, name='deconv2d', with_w=False):
          with tf.variable_scope(name):
              w = tf.get_variable('w', [k, k, output_shape[-1], x.get_shape()[-1]], initializer=tf.random_normal_initializer(stddev=0.02))
              try:
                  y = tf.nn.conv2d_transpose(x, w, output_shape=output_shape, strides=[1, 2, 2, 1])
              except AttributeError:
                  y = tf.nn.deconv2d(x, w, output_shape=output_shape, strides=[1, 2, 2, 1])
              b = tf.get_variable('b', [output_shape[-1]])
              y = tf.reshape(tf.nn.bias_add(y, b), y.get_shape())
              return (y, w, b) if with_w else y
      def instance_norm(x):
          scale = tf.get_variable('scale', [x.get_shape()[3]])
          mean, variance = tf.nn.moments(x, axes=[1, 2], keep_dims=True)
          return scale * (x - mean) * tf.rsqrt(variance + 1e-5)
      x = tf.placeholder(tf.float32, [8, 4, 4, 32])
      y, w, b = deconv2d(x, [8, 8, 8, 16], name='a', with_w=True)
      y = instance_norm(y)
      shape = tf.shape(y)
      z = tf.nn.conv2d_transpose(y, tf.get_variable('v', [5, 5, 8, 16]), tf.stack([shape[0], shape[1] * 2, shape[2] * 2, 16 // 2]), [1, 2, 2, 1])
      deconv2d(tf.slice(y, [0, 1, 1, 0], [-1, 6, 6, -1]), [8, 12, 12, 3], name='b')
    `,
    shapes: [
      '(8, 4, 4, 32) → (8, 8, 8, 16)', '(8, 6, 6, 16) → (8, 12, 12, 3)', '(8, 8, 8, 16) → (8, 16, 16, 8)',
    ],
  },
  {
    name: 'TensorFlow 1: tf.layers',
    source: `
      x = tf.placeholder(tf.float32, [None, 8, 8, 3])
      x = tf.layers.conv2d_transpose(x, 8, 4, strides=2, padding='same')
      x = tf.layers.batch_normalization(x, training=True)
      tf.layers.conv2d_transpose(x, 4, [2, 2], strides=(2, 2))
    `,
    shapes: ['(N, 8, 8, 3) → (N, 16, 16, 8)', '(N, 16, 16, 8) → (N, 32, 32, 4)'],
  },
];

describe('shapes through Keras models', () => { testModels(models, header); });
describe('shapes through TensorFlow functions', () => { testModels(tensorflow, header); });
