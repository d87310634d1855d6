import type { Proposer, ProposerBrief } from "../../agents/proposer.js";

/** What came of asking a proposer. */
export type Asked =
  | { readonly kind: "returned"; readonly value: unknown }
  | { readonly kind: "failed"; readonly reason: string; readonly example: string; readonly isFinal?: true };

/** How often, in milliseconds, it is seen whether the campaign is to stop while a proposer thinks. */
const PATIENCE = 50;

/**
 * Asks a proposer, which may do anything but hold up the campaign: it is a stranger's code, and what it returns is data.
 *
 * @param checkpoint - throws if the campaign is to stop
 */
export async function ask(proposer: Proposer, brief: ProposerBrief, checkpoint: () => void): Promise<Asked> {
  const { propose, timeLimit } = proposer;
  let end: NodeJS.Timeout | undefined;
  let look: NodeJS.Timeout | undefined;
  const proposed = new Promise<unknown>((resolve) => {
    resolve(propose(brief));
  }).then(
    (value): Asked => ({ kind: "returned", value }),
    (error: unknown): Asked => ({ kind: "failed", reason: "it threw an error", example: messageOf(error) }),
  );
  const late = new Promise<Asked>((resolve) => {
    end = setTimeout(() => {
      const example = `${timeLimit} s`;
      resolve({ kind: "failed", reason: "it took longer than its time limit", example, isFinal: true });
    }, timeLimit * 1000);
  });
  const stopped = new Promise<never>((_resolve, reject) => {
    look = setInterval(() => {
      try {
        checkpoint();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }, PATIENCE);
  });
  try {
    return await Promise.race([proposed, late, stopped]);
  } finally {
    clearTimeout(end);
    clearInterval(look);
  }
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : typeof error;
  } catch {
    return "an error";
  }
}
