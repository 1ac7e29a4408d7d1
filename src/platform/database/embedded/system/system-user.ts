import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { StartRefused } from '../../../../config/start-refused.js';

/** The account PostgreSQL runs as. */
export interface SystemUser {
  uid: number;
  gid: number;
  name: string;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

const knownUsers = async (): Promise<SystemUser[]> =>
  (await readFile('/etc/passwd', 'utf8')).split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });

const nameOf = async (uid: number): Promise<string> =>
  (await knownUsers().catch(() => [])).find((user) => user.uid === uid)?.name ?? String(uid);

const ourselves = (): SystemUser => {
  if (!process.getuid || !process.getgid) {
    throw new StartRefused(
      `The embedded PostgreSQL does not run on ${process.platform}: use Docker or WSL, or set DATABASE_URL`,
    );
  }
  const uid = process.getuid();
  // userInfo throws for a uid that has no passwd entry, as containers give out.
  const name = () => {
    try {
      return userInfo().username;
    } catch {
      return String(uid);
    }
  };
  return { uid, gid: process.getgid(), name: name() };
};

/**
 * Who runs PostgreSQL: as root, the owner of an existing cluster or else `nobody`, since PostgreSQL refuses to run as
 * root and initdb wants a passwd entry; otherwise ourselves. Throws StartRefused for a cluster that belongs to another.
 */
export const userFor = async (
  cluster: { path: string; uid: number; gid: number } | undefined,
): Promise<SystemUser> => {
  const self = ourselves();
  if (isRoot()) {
    if (cluster && cluster.uid !== 0) return { ...cluster, name: await nameOf(cluster.uid) };
    const nobody = (await knownUsers()).find((user) => user.name === 'nobody' && user.uid > 0);
    if (nobody) return nobody;
    throw new StartRefused(
      'PostgreSQL refuses to run as root and this system has no user "nobody": start the server as an ordinary user',
    );
  }
  if (cluster && cluster.uid !== self.uid) {
    throw new StartRefused(
      `${cluster.path} belongs to user ${await nameOf(cluster.uid)} and this is ${self.name}: ` +
        `start the server as the user it was first started with (root, if the owner is nobody), or give ${self.name} the folder`,
    );
  }
  return self;
};
