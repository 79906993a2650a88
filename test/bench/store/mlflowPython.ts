import { join } from 'node:path';
import { ensurePython } from '../pinnedPython';

export const requirements = join(__dirname, '..', 'mlflow', 'requirements.txt');
export const fillScript = join(__dirname, '..', 'mlflow', 'fill.py');

/**
 * The Python that has the pinned MLflow.
 *
 * @param remedy what to do if it cannot be installed.
 */
export function ensureMlflow(remedy: string): Promise<string> {
  return ensurePython({
    name: 'mlflow',
    title: 'Install MLflow (about 600 MB)',
    requirements,
    remedy,
  });
}
