import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Section } from "../../components/page.tsx"
import { useTokenSettings } from "../../data/issuer-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { SigningKeys } from "./signing-keys.tsx"
import { TokenSettingsForm } from "./token-settings-form.tsx"
import { TokenSettingsRead } from "./token-settings-read.tsx"

/** How the tokens of agents are, and by which keys they verify. */
export function IssuerTab(): ReactNode {
  const maySettle = useSignedIn().user.role === "administrator"
  return (
    <div className="space-y-8">
      <Section title="Agents’ tokens">
        <Loaded
          reading={readingOf(useTokenSettings())}
          what="What is settled about tokens"
          loading={<SkeletonLines lines={8} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {(settings) =>
            maySettle ? <TokenSettingsForm kept={settings} /> : <TokenSettingsRead settings={settings} />
          }
        </Loaded>
      </Section>
      <SigningKeys mayRotate={maySettle} />
    </div>
  )
}
