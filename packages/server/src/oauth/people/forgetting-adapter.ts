import type { Adapter } from "../oidc-provider.ts"

const nothing = async (): Promise<undefined> => undefined

/** Answers a shelf that keeps nothing: of the library's sessions none is needed, since each request is answered anew. */
export function forgettingAdapter(): Adapter {
  return {
    upsert: nothing,
    find: nothing,
    findByUid: nothing,
    findByUserCode: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}
