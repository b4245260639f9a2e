import * as kernels from "../../src/kernels/index.ts";
import {catalogueChecksums, checksumCatalogue} from "./checksum-catalogue.ts";

process.stdout.write(`${JSON.stringify(await catalogueChecksums(checksumCatalogue(kernels), kernels.ensemblesHere), null, 2)}\n`);
