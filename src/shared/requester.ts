/** Who asked for help, in the shape of the API. */
export interface ApiRequester {
  name: string;
  contact?: string | null;
}

/** The most characters that the one field takes: as many as the API takes of a name. */
export const maxRequesterLength = 120;

/** What people write in one field: the name, and after a comma how to reach them: «Marie Roy, poste 4410». */
export const requesterFrom = (text: string): ApiRequester | undefined => {
  const [, name = '', contact = ''] = /^\s*,*([^,]*),?(.*)$/s.exec(text) ?? [];
  if (name.trim() === '') return undefined;
  return { name: name.trim(), ...(contact.trim() === '' ? {} : { contact: contact.trim() }) };
};

/** The same, as it is written in one line. */
export const requesterText = (requester: ApiRequester | null | undefined): string =>
  requester ? [requester.name, requester.contact].filter(Boolean).join(', ') : '';
