import { Command } from "commander";
import type { Builder } from "junit-report-builder";
import type { Proof } from "../file/prove.ts";
import { describeFault, InvalidPolicy } from "../kernel/fault.ts";
import { systemClock } from "../kernel/instant.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { readText } from "./read-text.ts";
import { writeText } from "./write-text.ts";

/** `sightline test`: proves what organisation files expect (BU-04). */
export function testCommand(terminal: Terminal): Command {
  return new Command("test")
    .summary("prove what organisation files expect")
    .description(
      "Loads each file into a fresh temporary database and asks the engine everything under its `expect`. Each failure " +
        "is printed with the explanation of the decision. Exits with 1 when anything is not as expected.",
    )
    .argument("<file...>", "organisation files (YAML or JSON)")
    .option("--junit <file>", "also write a JUnit report")
    .addHelpText("after", examples("sightline test policies/*.yaml --junit report.xml"))
    .action(async (files: readonly string[], { junit }: { readonly junit?: string }) => {
      const proofs: Proof[] = [];
      for (const file of files) {
        const proof = await proofOf(terminal, file);
        proofs.push(proof);
        report(terminal, proof);
      }
      if (junit !== undefined) await writeText(terminal, junit, await junitReport(proofs));
      const failed = proofs.filter((proof) => !isSound(proof)).length;
      terminal.print(`${proofs.length - failed} passed, ${failed} failed`);
      if (failed > 0) throw new CommandFailed(`${failed} of ${proofs.length} files are not as they expect.`);
    });
}

async function proofOf(terminal: Terminal, file: string): Promise<Proof> {
  const { proveOrganizationFile } = await import("../file/prove.ts");
  try {
    return await proveOrganizationFile(await readText(terminal, file), file, systemClock);
  } catch (error) {
    // Bytes that are no text; the other files are proven all the same.
    if (!(error instanceof InvalidPolicy)) throw error;
    return { file, outcomes: [], faults: error.faults.map(describeFault), milliseconds: 0 };
  }
}

function isSound(proof: Proof): boolean {
  return proof.faults.length === 0 && proof.outcomes.every((outcome) => outcome.failures.length === 0);
}

function report(terminal: Terminal, proof: Proof): void {
  const took = `${Math.round(proof.milliseconds)} ms`;
  terminal.print(
    `${isSound(proof) ? "pass" : "FAIL"}  ${proof.file}  (${proof.outcomes.length} expectations, ${took})`,
  );
  if (proof.faults.length === 0 && proof.outcomes.length === 0)
    terminal.say(`Beware: ${proof.file} has nothing under \`expect\`, so that nothing of it was proven.`);
  for (const fault of proof.faults) terminal.print(`  ${fault}`);
  for (const { title, why } of proof.outcomes.flatMap((outcome) => outcome.failures)) {
    terminal.print(`  ${title}`);
    for (const line of why) terminal.print(`      ${line}`);
  }
}

async function junitReport(proofs: readonly Proof[]): Promise<string> {
  const module = await import("junit-report-builder");
  // Its types speak of a default export inside the CommonJS one; Node gives the builder itself.
  const xml = (module.default as unknown as Builder).newBuilder();
  for (const proof of proofs) {
    const suite = xml
      .testSuite()
      .name(proof.file)
      .time(proof.milliseconds / 1000);
    if (proof.faults.length > 0) suite.testCase().name("loads").failure(proof.faults.join("\n"));
    for (const { title, failures } of proof.outcomes) {
      const test = suite.testCase().className(proof.file).name(title);
      if (failures.length > 0)
        test.failure(failures.map((each) => [each.title, ...each.why].join("\n")).join("\n\n"));
    }
  }
  return xml.build();
}
