import { Problem } from "@tabard/core"
import { Unjudgeable } from "./bounds/refusal.ts"
import type { ManifestFault, ManifestPath } from "./reading/manifest-problem.ts"

/** Goes through a manifest and finds every fault, rather than stop at the first. */
export class FaultFinder {
  readonly #found: ManifestFault[]
  readonly #path: ManifestPath

  constructor(found: ManifestFault[] = [], path: ManifestPath = []) {
    this.#found = found
    this.#path = path
  }

  /** The faults so far. */
  get faults(): readonly ManifestFault[] {
    return this.#found
  }

  /** Answers a finder that looks at something further inside. */
  at(...steps: readonly (string | number)[]): FaultFinder {
    return new FaultFinder(this.#found, [...this.#path, ...steps])
  }

  /** Answers what `work` does, or nothing where it refuses: then that is a fault of this place, told once. */
  try<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "manifest_invalid") throw error
      this.#add(error)
      return undefined
    }
  }

  #add(problem: Problem): void {
    const { what, next } =
      problem instanceof Unjudgeable ? problem : { what: problem.message, next: "correct it" }
    const known = this.#found.some(
      ({ path, message }) => message === what && path.join() === this.#path.join(),
    )
    if (!known) this.#found.push({ path: this.#path, message: what, next })
  }
}
