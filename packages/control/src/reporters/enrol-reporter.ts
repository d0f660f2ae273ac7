import { newId, Problem, type PublicJwk, type Reporter } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import { indexReporters } from "../search/index-things.ts"
import type { ReporterDeps } from "./offer-reporter-enrolment.ts"

/** A key whose possession was proven, and the hash of the code that it came with. */
export interface ReporterKey {
  readonly codeHash: string
  readonly jwk: PublicJwk
  readonly thumbprint: string
}

/**
 * Makes the key the reporter that the code was offered for, and spends the code. An unknown, a used and an expired code
 * are refused alike and leave no event: strangers must not be able to fill the log.
 *
 * @throws {Problem} enrolment_invalid, key_already_enrolled
 */
export async function enrolReporter(deps: ReporterDeps, key: ReporterKey): Promise<Reporter> {
  const { transact, clock } = deps
  const { codeHash, jwk, thumbprint } = key
  return transact(async ({ reporters, outbox, search }) => {
    const enrolment = await reporters.takeEnrolment(codeHash, clock.now())
    if (!enrolment) {
      throw new Problem(
        "enrolment_invalid",
        "This code is not valid (any more); ask an administrator for a new one.",
      )
    }
    const { name, createdBy } = enrolment
    const id = newId("reporter", clock)
    const enrolledAt = clock.now()
    const reporter: Reporter = {
      id,
      name,
      jwk,
      thumbprint,
      enrolledBy: createdBy,
      enrolledAt,
      revoked: null,
    }
    if (!(await reporters.insert(reporter))) {
      throw new Problem("key_already_enrolled", "This key is or was enrolled here; make a new one.")
    }
    await indexReporters({ search }, [reporter])
    await recordEvent(deps, outbox, {
      type: "reporter.enrolled",
      actor: { kind: "system", id },
      onBehalfOf: createdBy,
      data: { name, thumbprint },
    })
    return reporter
  })
}
