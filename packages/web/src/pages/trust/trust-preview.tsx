import type { TrustPreviewView } from "@tabard/api"
import { type ReactNode, useEffect, useRef } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { TriedTokens } from "./tried-tokens.tsx"
import { TrustTerms } from "./trust-terms.tsx"

/** Shows what a rule would take before it is kept, and whether the issuer's keys can be had. */
export function TrustPreview({ preview }: { preview: TrustPreviewView }): ReactNode {
  const shown = useRef<HTMLElement>(null)
  useEffect(() => {
    shown.current?.scrollIntoView({ block: "nearest" })
  }, [])
  return (
    <section ref={shown} aria-label="What it would accept" className="scroll-my-16 space-y-3 border-t pt-4">
      <TrustTerms terms={preview.terms} />
      {!preview.keys.found && (
        <p className="flex items-start gap-2 rounded-md bg-ask-wash px-3 py-2 text-ask">
          <Icon name="warning" className="mt-0.5 size-4" />
          <span className="min-w-0 wrap-anywhere">
            <Said text={preview.keys.said ?? "Its keys cannot be had now."} /> It can be kept all the same.
          </span>
        </p>
      )}
      <TriedTokens tried={preview.tried} />
    </section>
  )
}
