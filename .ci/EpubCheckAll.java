// Runs EPUBCheck over many files in one virtual machine; names those with a fatal
// error, an error or a warning. Called by .ci/cases with EPUBCheck on the class path.

import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;

public class EpubCheckAll {
    public static void main(String[] files) {
        int bad = 0;
        PrintStream said = System.out;
        for (String file : files) {
            java.io.ByteArrayOutputStream words = new java.io.ByteArrayOutputStream();
            System.setErr(new PrintStream(words, true));
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            DefaultReportImpl report = new DefaultReportImpl(file);
            new EpubCheck(new File(file), report).doValidate();
            if (report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount() > 0) {
                bad++;
                said.println(file + ": " + words);
            }
        }
        said.println(files.length + " files, " + bad + " with errors or warnings");
        System.exit(bad == 0 ? 0 : 1);
    }
}
