/** errno values that the modelled paths return, with the words of strerror(3) as glibc prints them. */
export const STRERROR = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EAGAIN: 'Resource temporarily unavailable',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  ENODEV: 'No such device',
  EINVAL: 'Invalid argument',
  ERANGE: 'Numerical result out of range',
  ELOOP: 'Too many levels of symbolic links',
  EOPNOTSUPP: 'Operation not supported',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ENOBUFS: 'No buffer space available',
  EHOSTUNREACH: 'No route to host',
  EMSGSIZE: 'Message too long',
} as const satisfies Record<string, string>;
export type Errno = keyof typeof STRERROR;

/**
 * Why an operation was not carried out.
 * - `kernel`: the kernel answered with an errno, and perhaps with a sentence of its own (extack).
 * - `no-device`: iproute2 found no device of that name and sent nothing. `as` says what it was to be.
 * - `no-namespace`: the same for a network namespace.
 * - `sysctl`: there is no such key, or the kernel does not take the value.
 * - `model`: no kernel was asked, the operation speaks of a machine or a card that the network does not have.
 */
export type Refusal =
  | { readonly by: 'kernel'; readonly errno: Errno; readonly extack?: string }
  | { readonly by: 'no-device'; readonly device: string; readonly as?: 'master' | 'bridge port' }
  | { readonly by: 'no-namespace'; readonly namespace: string; readonly verb: NamespaceVerb }
  | { readonly by: 'sysctl'; readonly key: string; readonly errno: Errno }
  | { readonly by: 'model'; readonly message: string };

/** What was to be done with the namespace; `move` is an `ip link` that names it behind `netns`. */
export type NamespaceVerb = 'open' | 'remove' | 'create' | 'move';

export const refuse = (errno: Errno, extack?: string): Refusal =>
  extack === undefined ? { by: 'kernel', errno } : { by: 'kernel', errno, extack };
export const noDevice = (device: string, as?: 'master' | 'bridge port'): Refusal =>
  as === undefined ? { by: 'no-device', device } : { by: 'no-device', device, as };
export const noNamespace = (namespace: string, verb: NamespaceVerb): Refusal => ({
  by: 'no-namespace',
  namespace,
  verb,
});
export const notInModel = (message: string): Refusal => ({ by: 'model', message });

/** The line that `ip` prints for it, without the line break. A full stop is added to an extack that has none (lib/libnetlink.c). */
export const refusalLine = (refusal: Refusal): string => {
  switch (refusal.by) {
    case 'kernel':
      if (refusal.extack === undefined) return `RTNETLINK answers: ${STRERROR[refusal.errno]}`;
      return `Error: ${refusal.extack}${refusal.extack.endsWith('.') ? '' : '.'}`;
    case 'no-device':
      return deviceLine(refusal.device, refusal.as);
    case 'no-namespace':
      return namespaceLine(refusal.namespace, refusal.verb);
    case 'sysctl':
      return refusal.errno === 'ENOENT'
        ? `sysctl: cannot stat /proc/sys/${refusal.key.replaceAll('.', '/')}: ${STRERROR.ENOENT}`
        : `sysctl: setting key "${refusal.key}": ${STRERROR[refusal.errno]}`;
    case 'model':
      return refusal.message;
  }
};

const deviceLine = (name: string, as: 'master' | 'bridge port' | undefined): string => {
  switch (as) {
    case undefined:
      return `Cannot find device "${name}"`;
    case 'master':
      return `Error: argument "${name}" is wrong: Device does not exist`;
    case 'bridge port':
      return `Cannot find bridge device "${name}"`;
  }
};

const namespaceLine = (name: string, verb: NamespaceVerb): string => {
  switch (verb) {
    case 'open':
      return `Cannot open network namespace "${name}": No such file or directory`;
    case 'remove':
      return `Cannot remove namespace file "/run/netns/${name}": No such file or directory`;
    case 'create':
      return `Cannot create namespace file "/run/netns/${name}": File exists`;
    case 'move':
      return `Error: argument "${name}" is wrong: Invalid "netns" value`;
  }
};
