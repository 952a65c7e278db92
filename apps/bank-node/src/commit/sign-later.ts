import type { Sign, Statement } from "@pacto/atomic-commit";
import { signStatements, type Proof, type SigningKey } from "@pacto/contract/signing";
import type { WorkingSet } from "../ledger/engine/working-set.ts";

interface Pending {
  readonly statement: Statement;
  readonly proof: Proof;
}

const pendingOf = new WeakMap<WorkingSet, Pending[]>();

/**
 * Signs everything that one batch states with one signature: the core receives an empty proof at
 * once, and all of them are completed as leaves of one tree before the batch is written.
 */
export function signLater(set: WorkingSet, signer: SigningKey): Sign<Proof> {
  let pending = pendingOf.get(set);
  if (pending === undefined) {
    const list: Pending[] = [];
    pendingOf.set(set, list);
    set.beforeWrite(() => completeProofs(list, signer));
    pending = list;
  }
  const list = pending;
  return (statement) => {
    const proof = { keyId: "", size: 0, index: 0, path: [], signature: "" };
    list.push({ statement, proof });
    return proof;
  };
}

function completeProofs(pending: readonly Pending[], signer: SigningKey): void {
  if (pending.length === 0) return;
  const proofs = signStatements(
    pending.map(({ statement }) => statement),
    signer,
  );
  pending.forEach(({ proof }, at) => Object.assign(proof, proofs[at]));
}
