/**
 * A named place between two steps of the protocol, where a process may die. In production it does
 * nothing; tests make it kill, pause or throw.
 */
export type CrashPoint = (name: string, transactionId?: string) => void | Promise<void>;

export function noCrashPoint(): void {}
