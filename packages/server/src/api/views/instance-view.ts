import type { InstanceView } from "@tabard/api"
import { type Instance, liveKeysOf } from "@tabard/core"

/** Shows one install of an agent. */
export function instanceView(instance: Instance, now: Date): InstanceView {
  const { id, kind, label, thumbprint, keyStorage = null, earlierKey } = instance
  const earlierEndsAt = liveKeysOf(instance, now).length > 1 ? earlierKey?.endsAt : null
  return {
    id,
    kind,
    label,
    thumbprint,
    keyStorage,
    enrolledAt: instance.enrolledAt.toISOString(),
    rotatedAt: spelt(instance.rotatedAt),
    earlierKeyEndsAt: spelt(earlierEndsAt),
    lastUsedAt: spelt(instance.lastUsedAt),
    revokedAt: spelt(instance.revokedAt),
  }
}

function spelt(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null
}
