// A sealed room to go on in without somebody who has the key of this one. Loaded when it is wanted.
import { translate } from './language.js';
import { base, withKey } from './paths.js';
import { newKey } from './sealing.js';
import { toast } from './toast.js';

export async function newSealedRoom(dispatch) {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"sealed":true}' };
  const answer = await fetch(`${base}/api/rooms`, request).catch(() => null);
  if (!answer?.ok) return toast(translate('page.needsConnection'));
  const link = withKey((await answer.json()).url, newKey());
  dispatch({ type: 'said', id: crypto.randomUUID(), text: translate('page.moveInvitation', { link }) });
  toast(translate('page.moveDone'), { label: translate('page.moveThere'), press: () => location.assign(link) });
}
