import type { SearchVocabulary } from '../../../src/core/search/suggestSearch';

/** What is known of some runs of an image classifier. */
export const sampleVocabulary: SearchVocabulary = {
  metrics: ['val_acc', 'loss', 'val loss', 'lr'].map((key) => ({ key, runCount: 12 })),
  params: [
    { key: 'lr', runCount: 12, valueCount: 2, isNumber: true, values: ['0.01', '0.1'] },
    {
      ...{ key: 'model', runCount: 12, valueCount: 3, isNumber: false },
      values: ['resnet18', 'resnet50', 'vit'],
    },
    { key: 'epochs', runCount: 9, valueCount: 1, isNumber: true, values: ['30'] },
  ],
  tags: [{ key: 'data', runCount: 4, values: ['v1', 'v2'] }],
  attributes: { experiment: ['train.py', 'explore.ipynb'] },
};
