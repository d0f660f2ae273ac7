import { askPerson, type BoundToken, type Credentials } from "@tabard/client"
import { Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import type { TokenWish } from "./token-wish.ts"

/** Who is asked for a token, and the words that they are shown. */
export interface AskedPerson {
  readonly person: string
  readonly message: string | undefined
}

/** Asks a person to let the agent act for them, says that it waits and until when, and answers the token that they agree to. */
export function tokenByPerson(
  { stderr, clock, signal }: Surroundings,
  credentials: Credentials,
  { person, message, ...wish }: TokenWish & AskedPerson,
): Promise<BoundToken> {
  const words = message === undefined ? "" : `They are shown: ${visibleText(message)}\n`
  const asked = (until: Date): void =>
    void stderr.write(
      `Asked ${visibleText(person)}, who answers under Approvals in the console. Waiting until ${until.toISOString()}; Ctrl+C stops that.\n${words}`,
    )
  const options = { ...wish, person, message, asked, signal, now: () => clock.now() }
  return askPerson(credentials, options).catch((error: unknown) => {
    if (!signal.aborted) throw error
    throw new Problem(
      "approval_expired",
      "you stopped waiting: what they answer now goes to nobody; ask again",
    )
  })
}
