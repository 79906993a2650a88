import { join } from 'node:path';
import { ensurePython } from '../pinnedPython';

export const requirements = join(__dirname, '..', 'mlflow', 'requirements.txt');
export const fillScript = join(__dirname, '..', 'mlflow', 'fill.py');

/** The Python that has the pinned MLflow. */
export function ensureMlflow(): Promise<string> {
  return ensurePython({
    name: 'mlflow',
    title: 'Install MLflow (about 600 MB)',
    requirements,
    remedy: 'check the network and that Python is 3.11 or newer, or measure only ours with --ours.',
  });
}
