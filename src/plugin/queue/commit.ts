import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { quoted, reasonOf } from "../../engine/reproduction/file-errors.js";
import { SiegeError } from "../../errors.js";

const run = promisify(execFile);

/** Where results of shards are: they are no part of the code. */
const NO_CODE = ":(exclude)siege/shards";

/** The longest list of changes, bytes. */
const MOST = 16 * 1024 * 1024;

/**
 * The commit of a project whose files are those of the commit: whoever has the same one has the same code.
 *
 * @param root - of the project, which may be a part of a repository
 * @throws SiegeError `QUEUE_UNCOMMITTED` if there is no commit, or the files differ from it
 */
export async function commitOf(root: string): Promise<string> {
  const commit = (await git(root, ["rev-parse", "--verify", "HEAD"])).trim();
  const changes = await git(root, ["status", "--porcelain", "--untracked-files=all", "--", ":/", NO_CODE]);
  if (changes.trim() === "") return commit;
  const files = changes.split("\n").filter(Boolean);
  const named = files.slice(0, 3).map((line) => quoted(line.slice(3)));
  throw new SiegeError("QUEUE_UNCOMMITTED", {
    message: `The project differs from its commit ${commit.slice(0, 12)} in ${files.length === 1 ? "1 file" : `${files.length} files`}: ${named.join(", ")}${files.length > named.length ? ", …" : ""}.`,
    hint: "Commit the changes, or have git ignore what is no code: everybody at a queue has to play the same.",
  });
}

/** Whether a file is part of the commit. */
export async function isTracked(root: string, file: string): Promise<boolean> {
  return git(root, ["ls-files", "--error-unmatch", "--", `:(literal)${file}`]).then(
    () => true,
    () => false,
  );
}

async function git(root: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run("git", ["-C", root, ...args], { maxBuffer: MOST });
    return stdout;
  } catch (cause) {
    throw new SiegeError("QUEUE_UNCOMMITTED", {
      message: `The commit of the project is not known: ${reasonOf(cause)}.`,
      hint: "A queue needs a project in a git repository, with its .git folder, in containers, too.",
      cause,
    });
  }
}
