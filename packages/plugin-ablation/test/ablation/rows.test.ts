import { describe, expect, it } from 'vitest';
import { architectures } from '../../../models/src/architectures/index.js';
import { buildVariant } from '../../src/ablation/network.js';
import { ablationOptions } from '../../src/ablation/options.js';
import { PAPER_ROWS, paperRow } from '../../src/ablation/rows.js';
import { variantsOf } from '../../src/ablation/variants.js';

const architecture = (name: string, options?: Readonly<Record<string, unknown>>) => {
  const found = architectures.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.create(options);
};

const standard = ablationOptions.parse({});

describe('the rows of the paper', () => {
  it('have the published errors of Zeiler & Fergus, Table 2', () => {
    const cells = PAPER_ROWS.flatMap(({ name, published }) =>
      (['alexnet', 'zfnet'] as const).flatMap((which) => {
        const found = published[which];
        return found ? [[name, which, found.trainTop1, found.validationTop1, found.validationTop5].join(' / ')] : [];
      }),
    );
    expect(cells).toEqual([
      'base / alexnet / 35.1 / 40.5 / 18.1',
      'base / zfnet / 33.1 / 38.4 / 16.5',
      '-L3,4 / alexnet / 41.8 / 45.4 / 22.1',
      '-L7 / alexnet / 27.4 / 40 / 18.4',
      '-L6,7 / alexnet / 27.4 / 44.8 / 22.4',
      '-L3,4,6,7 / alexnet / 71.1 / 71.3 / 50.1',
      '6,7=2048 / alexnet / 40.3 / 41.7 / 18.8',
      '6,7=2048 / zfnet / 38.2 / 40.2 / 17.6',
      '6,7=8192 / alexnet / 26.8 / 40 / 18.1',
      '6,7=8192 / zfnet / 22 / 38.8 / 17',
      'maps 512-1024-512 / zfnet / 18.8 / 37.5 / 16',
      'both / zfnet / 10 / 38.3 / 16.9',
    ]);
  });

  it('are found whatever signs stand between letters and digits', () => {
    expect(['L3+4', '−L3,4', 'l3 4', '-L3,4'].map((name) => paperRow(name)?.name)).toEqual(Array(4).fill('-L3,4'));
    expect(paperRow('67=2048')?.name).toBe('6,7=2048');
    expect(paperRow('Maps-512-1024-512')?.name).toBe('maps 512-1024-512');
    expect(paperRow('L5')).toBeUndefined();
  });

  it('are all rows of zfnet, and those published for alexnet', () => {
    expect(variantsOf({ architecture: 'zfnet' })).toHaveLength(9);
    expect(variantsOf({ architecture: 'alexnet' }).map(({ name, published }) => [name, published?.validationTop1])).toEqual([
      ['base', 40.5],
      ['-L3,4', 45.4],
      ['-L7', 40],
      ['-L6,7', 44.8],
      ['-L3,4,6,7', 71.3],
      ['6,7=2048', 41.7],
      ['6,7=8192', 40],
    ]);
    expect(variantsOf({ architecture: 'photonet' }).map(({ name }) => name)).toEqual(['base']);
    expect(variantsOf({ architecture: 'zfnet', variants: ['base', 'alexnet/L7'] })[1]).toMatchObject({
      name: 'alexnet/-L7',
      architecture: 'alexnet',
      published: { trainTop1: 27.4 },
    });
  });

  it.each(['zfnet', 'alexnet'])('can be built from %s on small pictures, with sizes that scale with the width', (name) => {
    const built = variantsOf({ architecture: name }).map((variant) => buildVariant({ architecture }, variant, standard, 10));
    const unitsOf = (variant: string, layer: string) => {
      const found = built.find((one) => one.name === variant)?.network.layers.find((one) => one.name === layer);
      return found?.kind === 'dense' ? found.units : undefined;
    };
    const { width } = standard;
    expect(unitsOf('base', 'fc6')).toBe(4096 * width);
    expect(unitsOf('6,7=2048', 'fc7')).toBe(2048 * width);
    expect(unitsOf('6,7=8192', 'fc6')).toBe(8192 * width);
    expect(unitsOf('-L7', 'fc7')).toBeUndefined();
    expect(built.find((one) => one.name === '-L3,4,6,7')?.network.layers.filter(({ kind }) => kind === 'conv')).toHaveLength(3);
    expect(built.every(({ notTaken }) => notTaken.length === 0)).toBe(true);
  });

  it('leaves out what an architecture does not take', () => {
    const [variant] = variantsOf({ architecture: 'photonet' });
    if (!variant) throw new Error('no variant');
    const { network, notTaken } = buildVariant({ architecture }, variant, { ...standard, dropout: 0.1 }, 4);
    expect(notTaken).toEqual(['inputSize', 'small']);
    expect(network.layers.find(({ kind }) => kind === 'dropout')).toMatchObject({ rate: 0.1 });
    expect(network.layers.find(({ name }) => name === 'fc5')).toMatchObject({ units: 4 });
  });
});
