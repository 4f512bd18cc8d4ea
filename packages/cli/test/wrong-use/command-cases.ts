/** What is wrong, the arguments, and the message. */
export type Case = readonly [name: string, line: string, message: string];

/** Wrong commands, flags and options. Each ends with exit code 2 and one message. */
export const commandCases: Readonly<Record<string, readonly Case[]>> = {
  commands: [
    [
      'an unknown command',
      'dreem right.npy',
      'featurescope has no command or visualizer "dreem". Did you mean "dream", "run" or "train"? See "featurescope --help".',
    ],
    [
      'an unknown topic',
      'list visualisers',
      'featurescope list knows nothing called "visualisers": expected "visualizers", "objectives", "models", "architectures" or "runtimes".',
    ],
    ['too many arguments', 'inspect a.onnx b.onnx', 'featurescope inspect takes one argument, but got "a.onnx" and "b.onnx".'],
    ['an argument where there is none', 'doctor now', 'featurescope doctor takes no arguments, but got "now".'],
    [
      'no inputs',
      'gradient --model tiny.safetensors',
      'featurescope gradient needs inputs: pictures, .npy arrays, folders or globs. See "featurescope gradient --help".',
    ],
    [
      'two configs',
      'run field.config.ts --config seed.config.ts',
      'featurescope run takes one config, but got "field.config.ts" and "seed.config.ts".',
    ],
  ],
  flags: [
    [
      'a flag without a default that was left out',
      'evolution',
      'featurescope evolution needs --layers: layers to follow, by their exact names or their indices from 1; one pass over the data and checkpoint serves all. See "featurescope evolution --help".',
    ],
    [
      'parts that were left out',
      'correspondence right.npy',
      'featurescope correspondence needs --parts: File of marked parts: CSV with the columns input, part, top, left, height and width, or a JSON list of objects with these fields; boxes in pixels of the picture as it is on disk, `*` for every input. In a config also the list itself. See "featurescope correspondence --help".',
    ],
    [
      'an unknown flag',
      'gradient right.npy --clas 3',
      'featurescope gradient has no flag --clas. Did you mean --class? See "featurescope gradient --help".',
    ],
    [
      'an unknown flag of a command',
      'list --jsn',
      'featurescope list has no flag --jsn. Did you mean --json? See "featurescope list --help".',
    ],
    [
      'an unknown flag before any command',
      '--verison',
      'featurescope has no flag --verison. Did you mean --version? See "featurescope --help".',
    ],
    [
      'a flag without its value at the end',
      'dream right.npy --octaves',
      'featurescope dream: --octaves needs a value: a whole number from 1 to 32.',
    ],
    [
      'a flag without its value before another',
      'dream right.npy --layers --seed 3',
      'featurescope dream: --layers needs a value: one or more names or whole numbers above 0 separated by commas.',
    ],
    [
      'a word for a number',
      'dream right.npy --octaves many',
      'featurescope dream: --octaves is "many", but takes a whole number from 1 to 32.',
    ],
    [
      'a number out of range',
      'dream right.npy --octaves 0',
      'featurescope dream: --octaves is "0", but takes a whole number from 1 to 32.',
    ],
    [
      'a fraction for a whole number',
      'dream right.npy --octaves 2.5',
      'featurescope dream: --octaves is "2.5", but takes a whole number from 1 to 32.',
    ],
    [
      'a value beside an enumeration',
      'dream right.npy --step-rule fast',
      'featurescope dream: --step-rule is "fast", but takes one of mean-gradient, fixed, adam. Did you mean "fixed"?',
    ],
    ['a boolean that is neither', 'dream right.npy --resume=maybe', 'featurescope dream: --resume is "maybe", but takes true or false.'],
    [
      'a boolean or a pair that is none of them',
      'dream right.npy --clamp 3,x',
      'featurescope dream: --clamp is "3,x", but takes true or false, or two numbers separated by a comma.',
    ],
    [
      'a value of a negated flag',
      'dream right.npy --no-clamp=true',
      'featurescope dream: --no-clamp takes no value; write --clamp true or --clamp false.',
    ],
    ['a negative seed', 'dream right.npy --seed -1', 'featurescope dream: --seed is "-1", but takes a whole number from 0 to 4294967295.'],
    [
      'an unknown runtime',
      'dream right.npy --runtime cuda',
      'featurescope dream: --runtime is "cuda", but takes one of auto, tensorflow, webgpu, onnx, wasm, cpu. Did you mean "auto"?',
    ],
    [
      'a pair of three',
      'gradient right.npy --layer conv1 --at 1,2,3',
      'featurescope gradient: --at is "1,2,3", but takes two whole numbers of at least 0 separated by a comma (one stands for both).',
    ],
    [
      'an empty list',
      'dream right.npy --layers=',
      'featurescope dream: --layers is "", but takes one or more names or whole numbers above 0 separated by commas.',
    ],
    ['a port out of range', 'view out --port 99999', 'featurescope view: --port is "99999", but takes a whole number from 0 to 65535.'],
    [
      'an option of an architecture out of range',
      'inspect lenet --classes 0',
      'featurescope inspect: --classes is "0", but takes a whole number from 1 to 100000.',
    ],
    [
      'a flag of another architecture',
      'inspect lenet --dropout 0.5',
      'featurescope inspect has no flag --dropout. Did you mean --out? See "featurescope inspect --help".',
    ],
  ],
  options: [
    [
      'an unknown layer',
      'dream right.npy --model tiny.safetensors --layers conv3',
      'dream: The network has no layer "conv3". Did you mean "conv1", "conv2" or "pool1"? A layer is addressed by its exact name or by its index, 1 to 8.',
    ],
    [
      'a layer index out of range',
      'gradient right.npy --model tiny.safetensors --layer 99',
      'gradient: There is no layer with index 99: expected a whole number from 1 ("conv1") to 8 ("prob"), or a layer\'s exact name.',
    ],
    [
      'a class index out of range',
      'gradient right.npy --model tiny.safetensors --class 4',
      'gradient: tiny has no class "4". A class is given by its label or by its index, 0 to 3.',
    ],
    [
      'an unknown label',
      'gradient right.npy --model tiny.safetensors --class clod',
      'gradient: tiny has no class "clod". Did you mean "cloud", "sky" or "water"? A class is given by its label or by its index, 0 to 3.',
    ],
    [
      'a unit out of range',
      'gradient right.npy --model tiny.safetensors --layer conv1 --unit 6',
      'gradient: Layer "conv1" has no unit 6: expected a channel from 0 to 5.',
    ],
    [
      'a position out of range',
      'gradient right.npy --model tiny.safetensors --layer conv1 --at 12,0',
      'gradient: Layer "conv1" has no position 12,0 on this input: expected a row from 0 to 11 and a column from 0 to 9.',
    ],
    ['a unit without a layer', 'gradient right.npy --model tiny.safetensors --unit 1', 'gradient: a unit needs a layer.'],
    [
      'a class and a layer',
      'gradient right.npy --model tiny.safetensors --class 1 --layer conv1',
      'gradient: a class cannot be combined with a layer; give one of them.',
    ],
    [
      'a step rule without its step',
      'dream right.npy --model tiny.safetensors --step-rule fixed',
      "dream: --step-rule fixed needs --step, a number in the network's input units such as 1e-4",
    ],
  ],
};
