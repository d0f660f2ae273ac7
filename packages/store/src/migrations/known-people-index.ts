/** Has a directory page through the people whom it can know without reading those that it passes over. */
export function knownPeopleIndex(): readonly string[] {
  return [
    'create index user_known on "user" (organisation, id) where erased_at is null and removed_at is null',
  ]
}
