import type { TierName } from "@tabard/core"
import { RadioGroup } from "radix-ui"
import type { ReactNode } from "react"
import { useTiers } from "../../data/tiers-query.ts"

/** The ceilings to choose from, each with what it means. */
export function TierChoice({
  tier,
  onTier,
}: {
  tier: TierName
  onTier: (tier: TierName) => void
}): ReactNode {
  const tiers = useTiers()
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Tier</legend>
      <RadioGroup.Root
        value={tier}
        onValueChange={onTier}
        aria-label="Tier"
        className="overflow-hidden rounded-md border border-edge"
      >
        {tiers.map(({ name, words }) => (
          <RadioGroup.Item
            key={name}
            value={name}
            className="flex w-full items-start gap-2.5 border-b px-3 py-2 text-left -outline-offset-2 last:border-b-0 hover:bg-hover data-[state=checked]:bg-accent-wash"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-edge bg-ground">
              <RadioGroup.Indicator className="size-2 rounded-full bg-accent-fill" />
            </span>
            <span>
              <span className="block font-medium">{name}</span>
              <span className="block text-small text-soft">{words}</span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </fieldset>
  )
}
