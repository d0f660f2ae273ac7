import type { IssuerOperations, SigningKeysView, SigningKeyView } from "@tabard/api"
import {
  askSigningKey,
  type PublishedKeys,
  publishedKeys,
  putTokenSettings,
  type SealedKey,
} from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** What the issuer goes by: settings of tokens, and the keys that sign them. */
export function issuerHandlers(services: ApiServices): Pick<Handlers, keyof IssuerOperations> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    getTokenSettings: () => shelf.snapshot(({ organisation }) => organisation.tokenSettings()),
    putTokenSettings: ({ user }, settings) => putTokenSettings(deps, user, settings),
    getSigningKeys: () =>
      shelf.snapshot(async (tx): Promise<SigningKeysView> => {
        const now = clock.now()
        const [es256, eddsa, signals] = [
          await publishedKeys(tx, "token-signing", now),
          await publishedKeys(tx, "token-signing-ed25519", now),
          await publishedKeys(tx, "signal-signing", now),
        ]
        return {
          keys: [...keyViews("ES256", es256), ...keyViews("EdDSA", eddsa)],
          signalKeys: keyViews("RS256", signals),
        }
      }),
    rotateSigningKey: async ({ user }, { reason }) => {
      await askSigningKey(deps, user, reason)
      return {}
    },
  }
}

function keyViews(
  algorithm: SigningKeyView["algorithm"],
  published: PublishedKeys | undefined,
): readonly SigningKeyView[] {
  if (!published) return []
  const { signing, next, before } = published
  const view = ({ id, createdAt, retiredAt }: SealedKey, state: SigningKeyView["state"]): SigningKeyView => {
    return {
      id,
      algorithm,
      state,
      madeAt: createdAt.toISOString(),
      endedAt: retiredAt?.toISOString() ?? null,
    }
  }
  return [
    view(signing, "signing"),
    ...(next ? [view(next, "next")] : []),
    ...before.map((key) => view(key, "published")),
  ]
}
