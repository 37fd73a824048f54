// Does what Exercise.java says by Node's basic-ftp, in the working folder, and sends a tree of folders
// there and back. Prints two listings. The first argument is JSON as in sealane_ftplib.py, the others
// are the files to upload.

const { Client } = require("basic-ftp");
const fs = require("node:fs");

const settings = JSON.parse(process.argv[2]);
const uploaded = process.argv.slice(3);

function protection() {
  if (settings.opening === "CLEAR") {
    return { secure: false };
  }
  const version = { TLS_1_2: "TLSv1.2", TLS_1_3: "TLSv1.3" }[settings.protection];
  return {
    secure: settings.opening === "TLS_FIRST" ? "implicit" : true,
    secureOptions: {
      ca: fs.readFileSync(settings.certificate),
      minVersion: version,
      maxVersion: version,
    },
  };
}

function check(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

async function listing(client, command) {
  client.availableListCommands = [command];
  return (await client.list()).map((entry) => entry.name).join("\n");
}

async function files(client) {
  for (const name of uploaded) {
    await client.uploadFrom(name, name);
    check((await client.size(name)) === fs.statSync(name).size, `size of ${name}`);
    await client.lastMod(name);
  }
  console.log([await listing(client, "MLSD"), await listing(client, "LIST -a")].join("\n---\n"));
  for (const name of uploaded) {
    await client.downloadTo(`${name}.back`, name);
  }
  const sent = await client.size("resumed-up.bin");
  await client.appendFrom("resumed-up.bin", "resumed-up.bin", { localStart: sent });
  await client.downloadTo("resumed-down.bin", "resumed-down.bin", fs.statSync("resumed-down.bin").size);
  await client.rename("small.bin", "renamed.bin");
  await client.remove("empty.bin");
}

async function folders(client) {
  fs.mkdirSync("tree/deeper", { recursive: true });
  fs.writeFileSync("tree/deeper/leaf.txt", "green");
  await client.uploadFromDir("tree", "gone/tree");
  await client.downloadToDir("tree.back", "gone/tree");
  check(fs.readFileSync("tree.back/deeper/leaf.txt", "utf8") === "green", "the tree came back");
  await client.removeDir("gone");
  await client.ensureDir("kept");
  check((await client.pwd()) === `/${settings.remote}/kept`, "pwd");
  await client.cdup();
}

async function main() {
  const client = new Client(20000);
  try {
    await client.access({ ...settings, ...protection() });
    check((await client.features()).has("MLST"), "features");
    await client.cd(`/${settings.remote}`);
    await files(client);
    await folders(client);
    await client.send("QUIT");
  } finally {
    client.close();
  }
}

main().catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
