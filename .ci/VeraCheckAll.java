// Puts PDF files before veraPDF: java -cp JAR VeraCheckAll.java FLAVOUR FILE...
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

public class VeraCheckAll {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.fromString(args[0]);
        int failed = 0;
        for (int i = 1; i < args.length; i++) {
            try (var file = new FileInputStream(args[i]);
                    var parser = Foundries.defaultInstance().createParser(file, flavour)) {
                var result = Foundries.defaultInstance().createValidator(flavour, 100, false, false, false).validate(parser);
                System.out.println((result.isCompliant() ? "valid   " : "INVALID ") + flavour.getId() + "  " + args[i]);
                if (!result.isCompliant()) {
                    failed++;
                    for (TestAssertion assertion : result.getTestAssertions()) {
                        System.out.println("    " + assertion.getRuleId().getClause() + ": " + assertion.getMessage());
                    }
                }
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
