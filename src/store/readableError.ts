import { errorMessage, UserError } from '../core/userError';
import { errorCode } from './disk/disk';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'a folder or file is missing',
  ENOTDIR: 'part of the path is not a folder',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ESTALE: 'the network folder is gone',
  ETIMEDOUT: 'the network folder does not answer',
};

/** Says in words a user can act on what could not be done, keeping the system's own code. */
export function readableError(action: 'write to' | 'read', path: string, error: unknown): Error {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  const reason = code === undefined ? undefined : reasons[code];
  return new UserError(
    `Epochlog cannot ${action} ${path}: ${reason === undefined ? errorMessage(error) : `${reason} (${code})`}.`,
    { cause: error },
  );
}
