import type { Organisation } from "@tabard/core"

/** Answers the origin of one of an organisation's logs (C2SP tlog-checkpoint): each that follows has the next number. */
export function logOrigin({ trustDomain, slug }: Organisation, generation: number): string {
  return `audit.${trustDomain}/${slug}/${generation}`
}
