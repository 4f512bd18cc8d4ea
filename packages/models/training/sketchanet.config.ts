import { defineTraining } from '@featurescope/core';
import { ensemble, pretraining } from './sketch-networks.js';

const options = { fold: 1 };

/** The bundled sketch ensemble: trained on two thirds of the drawings, measured on the first third. */
export default defineTraining([pretraining(options), ...ensemble(options)].map((training) => ({ ...training, out: 'out/sketchanet' })));
