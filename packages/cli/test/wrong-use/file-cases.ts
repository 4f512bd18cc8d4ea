import type { Case } from './command-cases.js';

/** Wrong files, arrays, models, configs and plugins. Each ends with exit code 2 and one message. */
export const fileCases: Readonly<Record<string, readonly Case[]>> = {
  files: [
    [
      'a picture that is missing',
      'gradient missing.png --model tiny.safetensors',
      'There is no input "missing.png". Expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg". Did you mean "empty.png", "text.png" or "nan.npy"?',
    ],
    [
      'a picture with a slip in its name',
      'gradient right.np --model tiny.safetensors',
      'There is no input "right.np". Expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg". Did you mean "right.npy", "rank4.npy" or "short.npy"?',
    ],
    [
      'text that calls itself a picture',
      'gradient text.png --model tiny.safetensors',
      '"text.png" cannot be read as a picture: Input buffer contains unsupported image format. Expected PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG.',
    ],
    [
      'an empty picture',
      'gradient empty.png --model tiny.safetensors',
      '"empty.png" cannot be read as a picture: Input Buffer is empty. Expected PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG.',
    ],
    [
      'a folder without pictures',
      'gradient empty --model tiny.safetensors',
      'The folder "empty" has no picture and no array (.npy) in it.',
    ],
    [
      'a pattern without matches',
      'gradient *.jpeg --model tiny.safetensors',
      'The pattern "*.jpeg" matches no file. Expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg".',
    ],
    [
      'a file for the output folder',
      'gradient right.npy --model tiny.safetensors --out file.txt',
      'Nothing can be written to the folder "<folder>/file.txt": it exists and is a file, not a folder. Expected a folder that can be made or written to; give another with --out.',
    ],
    [
      'a folder without a run to view',
      'view empty',
      'The folder "empty" holds no run: it has no readable manifest.json. Expected the folder that a run has written, for example out.',
    ],
    [
      'a folder that is not there to view',
      'view nowhere',
      'The folder "nowhere" holds no run: it has no readable manifest.json. Expected the folder that a run has written, for example out.',
    ],
  ],
  arrays: [
    [
      'no array',
      'gradient text.npy --model tiny.safetensors',
      'text.npy is not a valid .npy file: it does not start with the NumPy signature. It may be damaged or incomplete; fetch or export it again.',
    ],
    [
      'a truncated array',
      'gradient short.npy --model tiny.safetensors',
      'short.npy is not a valid .npy file: its header announces shape (12, 10, 3) of type <f4, but 372 bytes of data follow. It may be damaged or incomplete; fetch or export it again.',
    ],
    [
      'complex numbers',
      'gradient complex.npy --model tiny.safetensors',
      'The array complex.npy has elements of type <c8 (complex). Expected real numbers: float16, float32, float64, or integers of 8 to 64 bits.',
    ],
    [
      'objects',
      'gradient object.npy --model tiny.safetensors',
      'The array object.npy has elements of type |O (Python objects). Expected real numbers: float16, float32, float64, or integers of 8 to 64 bits.',
    ],
    [
      'values that are not finite',
      'gradient nan.npy --model tiny.safetensors',
      'The array nan.npy holds NaN at flat position 0. Expected finite numbers within the range of float32.',
    ],
    [
      'four axes',
      'gradient rank4.npy --model tiny.safetensors',
      'The array rank4.npy has shape (1, 12, 10, 3). Expected [height, width, channels], or [height, width] for one channel.',
    ],
    [
      'no elements',
      'gradient none.npy --model tiny.safetensors',
      'The array none.npy is empty: its shape is (0, 10, 3). Expected at least one element.',
    ],
    [
      'channels that do not fit',
      'gradient grey.npy --model tiny.safetensors',
      'gradient: The array grey.npy of shape [12, 10, 1] has 1 channel; the network takes 3. Expected the shape [height, width, 3].',
    ],
  ],
  models: [
    [
      'an unknown name',
      'inspect squeezenet9',
      'There is no model "squeezenet9": it is neither a file, nor a bundled or hub model. Did you mean "squeezenet", "squeezenet1.0" or "squeezenet1.1"? `featurescope list models` shows all of them.',
    ],
    [
      'a file that is missing',
      'inspect missing.onnx',
      'The model <folder>/missing.onnx cannot be read: there is no such file. Did you mean "broken.onnx" or "empty.onnx"?',
    ],
    [
      'a file of an unknown kind',
      'inspect model.pt',
      '<folder>/model.pt is a PyTorch file, which is not supported. Supported: .onnx, TensorFlow.js model.json (layers), Keras .h5 and .keras, Caffe .caffemodel with its .prototxt, MatConvNet .mat, .safetensors written by `featurescope train`.',
    ],
    [
      'an ONNX file that is none',
      'inspect broken.onnx',
      "<folder>/broken.onnx cannot be read as an ONNX model: not an ONNX model, or a damaged one: at byte 1, field 'metadataProps' has wire type 4.",
    ],
    ['an empty ONNX file', 'inspect empty.onnx', '<folder>/empty.onnx cannot be read as an ONNX model: it contains no graph.'],
    [
      'a safetensors file that is none',
      'inspect broken.safetensors',
      '<folder>/broken.safetensors is not a valid safetensors file: its header should be 7306634592548844000 bytes long, but the file has 15. It may be damaged or incomplete; fetch or export it again.',
    ],
    [
      'a model.json without a topology',
      'inspect tfjs/model.json',
      '<folder>/tfjs/model.json cannot be read as a TensorFlow.js layers model: modelTopology: Invalid input.',
    ],
    [
      'a model.json that is no JSON',
      'inspect json/model.json',
      '<folder>/json/model.json cannot be read as a TensorFlow.js layers model: it is not JSON.',
    ],
    [
      'a missing model for a visualizer',
      'gradient right.npy --model missing.onnx',
      'The model <folder>/missing.onnx cannot be read: there is no such file. Did you mean "broken.onnx" or "empty.onnx"?',
    ],
  ],
  configs: [
    [
      'none in the folder',
      'run',
      'featurescope run found no config in <folder>: expected featurescope.config.ts, featurescope.config.mts, featurescope.config.js, featurescope.config.mjs, featurescope.config.json, or a path: featurescope run <config>.',
    ],
    ['a file that is missing', 'run missing.config.ts', 'There is no config file missing.config.ts.'],
    [
      'an unknown format',
      'run config.yaml',
      'config.yaml is not a config that can be read: expected a file ending in .ts, .mts, .js, .mjs, .json.',
    ],
    ['a syntax error', 'run syntax.config.ts', 'The config syntax.config.ts cannot be loaded: Unexpected token in line 1, column 16.'],
    [
      'no default export',
      'run silent.config.ts',
      'The config silent.config.ts has no default export: expected "export default defineConfig({ … })".',
    ],
    ['an error of its own', 'run throws.config.ts', 'The config throws.config.ts cannot be loaded: no photos today.'],
    ['a number', 'run number.config.ts', 'The config number.config.ts is not valid: expected an object such as { visualizers: [ … ] }.'],
    [
      'an unknown field',
      'run field.config.ts',
      'The config field.config.ts is not valid: "visualizers": given nothing, expected a list.\n  "vizualizers" is not known. Did you mean "visualizers", "runtime" or "plugins"?',
    ],
    [
      'no visualizers',
      'run empty.config.ts',
      'The config empty.config.ts is not valid: "visualizers": given [], expected at least 1 element.',
    ],
    ['a seed that is no number', 'run seed.config.ts', 'The config seed.config.ts is not valid: "seed": given "x", expected a number.'],
    [
      'an unknown option',
      'run option.config.ts',
      'The config option.config.ts is not valid: Visualizer "dream" was given a wrong option:\n  "octavs" is not known. Did you mean "octaves", "start" or "clamp"?',
    ],
    [
      'a visualizer that is not called',
      'run uncalled.config.ts',
      'The config uncalled.config.ts is not valid: visualizers[0]: given a visualizer without options; call it (dream), for example with ().',
    ],
    ['an import that is missing', 'run import.config.ts', "The config import.config.ts cannot be loaded: Cannot find module './daydream'."],
    [
      'a plugin that is none',
      'run plugin.config.ts',
      'The config plugin.config.ts is not valid: plugins: expected a list of plugins, or names of modules to import them from.',
    ],
    [
      'broken JSON',
      'run broken.json',
      'The config broken.json cannot be loaded: Unexpected token \'}\', "{ "visualizers": }" is not valid JSON.',
    ],
    [
      'an unknown visualizer',
      'run unknown.json',
      'The config unknown.json is not valid: no plugin has a visualizer "deram". Did you mean "dream", "film" or "invert"?',
    ],
    [
      'an option out of range',
      'run value.json',
      'The config value.json is not valid: Visualizer "dream" was given a wrong option:\n  "octaves": given 0, expected a number of at least 1.',
    ],
    [
      'no inputs',
      'run inputs.json',
      'The config inputs.json is not valid: gradient needs inputs, but none were given: name pictures, .npy arrays, folders or globs.',
    ],
    [
      'no training config',
      'train',
      'featurescope train found no config in <folder>: expected training.config.ts, training.config.mts, training.config.js, training.config.mjs, training.config.json, or a path: featurescope train <config>.',
    ],
    [
      'an unknown architecture to train',
      'train architecture.training.json',
      'The training config names the architecture "photonett", which does not exist. Did you mean "photonet", "alexnet" or "googlenet"?',
    ],
    [
      'pictures to train on that are missing',
      'train data.training.json',
      'train: The data set "<folder>/nowhere" does not exist. Expected a folder or an archive (.zip, .tar, .tar.gz) with one folder of pictures for each class, a table (.csv) of paths and labels, or a CIFAR .bin file. Did you mean "<folder>/nan.npy", "<folder>/none.npy" or "<folder>/out"?',
    ],
    [
      'an unknown field of a training',
      'train field.training.json',
      'The training config is not valid:\n  - "epoch" is not known. Did you mean "epochs", "from" or "out"?',
    ],
  ],
  plugins: [
    [
      'a package that is missing',
      'list --plugin featurescope-plugin-missing',
      'There is no plugin "featurescope-plugin-missing": expected an installed package, or a path to a .js or .ts file.',
    ],
    [
      'a file that is missing',
      'list --plugin ./missing.js',
      'There is no plugin "./missing.js": expected an installed package, or a path to a .js or .ts file.',
    ],
    [
      'a module that is no plugin',
      'list --plugin ./nothing.js',
      '"./nothing.js" is not a plugin: expected an export "plugin", a default export from definePlugin(), or exported visualizers; it exports answer.',
    ],
    ['an error of its own', 'list --plugin ./throws.js', 'The plugin "./throws.js" cannot be loaded: plugin is unwell.'],
    ['a syntax error', 'list --plugin ./syntax.js', 'The plugin "./syntax.js" cannot be loaded: Unexpected token in line 1, column 13.'],
    [
      'a visualizer that exists',
      'list --plugin ./clash.ts',
      'The plugins "@featurescope/plugin-deepdream" and "./clash.ts" both have a visualizer "dream"; use one of them only.',
    ],
    [
      'a visualizer called like a command',
      'list --plugin ./command.ts',
      'The plugin "./command.ts" cannot be used: the name "list" of a visualizer is taken by featurescope itself.',
    ],
    [
      'an option called like a common flag',
      'list --plugin ./shadow.ts',
      'The plugin "./shadow.ts" cannot be used: the name "seed" of an option of its visualizer "shadow" is taken by featurescope itself.',
    ],
    [
      'an option without description',
      'list --plugin ./undescribed.ts',
      'Visualizer "mute": every option needs a description, which is missing for a. Add .describe(\'…\') to the schema.',
    ],
  ],
};
