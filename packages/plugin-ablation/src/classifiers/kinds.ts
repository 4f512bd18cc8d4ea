export const CLASSIFIERS = ['softmax', 'svm'] as const;

export type ClassifierName = (typeof CLASSIFIERS)[number];

export const NORMALISATIONS = ['l2', 'standardise', 'none'] as const;

export type Normalisation = (typeof NORMALISATIONS)[number];
