import type { ReactNode, SelectHTMLAttributes } from "react"
import { Icon } from "./icon.tsx"

const AMONG_CHIPS =
  "field-sizing-content h-7 rounded-full pr-7 pl-2.5 text-small font-medium transition-colors duration-100 max-md:h-8"
const ANY = "bg-ground text-soft hover:bg-hover"
const CHOSEN = "border-accent bg-accent-wash text-accent"

/** A choice of one out of a few; the list is the platform's own, which works under any thumb. */
export function SelectBox(
  props: SelectHTMLAttributes<HTMLSelectElement> & {
    /** Looks like the chips that it stands among: as high, and marked while it narrows. */
    readonly amongChips?: boolean
  },
): ReactNode {
  const { className = "", amongChips = false, children, ...rest } = props
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select
        {...rest}
        className={`w-full appearance-none truncate border ${amongChips ? `${AMONG_CHIPS} ${rest.value ? CHOSEN : ANY}` : "h-8 rounded-md border-edge bg-ground pr-8 pl-2.5 text-ink hover:bg-hover max-md:h-10 max-md:text-lead"}`}
      >
        {children}
      </select>
      <Icon
        name="down"
        className={`pointer-events-none absolute top-1/2 -translate-y-1/2 text-faint ${amongChips ? "right-2 size-3" : "right-2.5 size-3.5"}`}
      />
    </span>
  )
}
