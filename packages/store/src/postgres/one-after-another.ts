import type { RunStatement } from "../statement.ts"
import { StoreProblem } from "../store-problem.ts"

/**
 * Runs the statements of one transaction in the order in which they were asked for, each when the one before it is answered.
 * What waits behind one that failed is not run, nor what still waits when the transaction ends: it would be outside of it.
 */
export class OneAfterAnother {
  readonly run: RunStatement
  #last: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(run: RunStatement) {
    this.run = (statement) => {
      const answer = this.#last.then(() => {
        if (this.#ended)
          throw new StoreProblem("transaction_over", "A statement waited at the end of its transaction.")
        return run(statement)
      })
      this.#last = answer
      return answer
    }
  }

  end(): void {
    this.#ended = true
  }
}
