import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Definition } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { usePutSignInSettings, useSignInSettings } from "../../data/settings-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

/** Whose addresses let them come in by the provider without an invitation. */
export function SignInDomains(): ReactNode {
  const mayChange = useSignedIn().user.role === "administrator"
  return (
    <Definition
      name="Without an invitation"
      hint="Whoever the provider names with a verified address of one of these domains comes in as a member. Each lets in itself alone, and nothing below it."
    >
      <Loaded
        reading={readingOf(useSignInSettings())}
        what="The domains"
        loading={<SkeletonLines lines={1} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {({ domains }) =>
          mayChange ? (
            <DomainsForm kept={domains} />
          ) : domains.length === 0 ? (
            <>Nobody</>
          ) : (
            <Said text={domains.join(", ")} />
          )
        }
      </Loaded>
    </Definition>
  )
}

function DomainsForm({ kept }: { kept: readonly string[] }): ReactNode {
  const [typed, setTyped] = useState<string>()
  const { mutate, isPending, isSuccess, error } = usePutSignInSettings()
  const text = typed ?? kept.join("\n")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const domains = text.split(/[\s,;]+/).filter(Boolean)
    mutate({ domains }, { onSuccess: () => setTyped(undefined) })
  }
  return (
    <form onSubmit={submit} className="space-y-2">
      <TextAreaField
        label="Domains"
        hint="One a line, as example.com. Empty lets in nobody without an invitation."
        value={text}
        rows={Math.min(8, Math.max(2, kept.length))}
        maxLength={15_000}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" busy={isPending} disabled={typed === undefined || typed === kept.join("\n")}>
          Settle the domains
        </Button>
        <p role="status" className="text-small text-faint empty:hidden">
          {isSuccess && typed === undefined ? "Settled." : ""}
        </p>
      </div>
      <ProblemNote error={error} />
    </form>
  )
}
