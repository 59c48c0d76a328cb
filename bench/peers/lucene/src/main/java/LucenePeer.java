import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Counts stems of every line; prints seconds, bytes, tokens of the second pass. */
public final class LucenePeer {
    private static long count(List<String> lines) throws Exception {
        Map<String, int[]> counts = new HashMap<>();
        long tokens = 0;
        try (SwedishAnalyzer analyzer = new SwedishAnalyzer()) {
            for (String line : lines) {
                try (TokenStream stream = analyzer.tokenStream("text", line)) {
                    CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
                    stream.reset();
                    while (stream.incrementToken()) {
                        counts.computeIfAbsent(term.toString(), k -> new int[1])[0]++;
                        tokens++;
                    }
                    stream.end();
                }
            }
        }
        return tokens;
    }

    public static void main(String[] args) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8);
        count(lines);
        long begin = System.nanoTime();
        long tokens = count(lines);
        System.out.printf(java.util.Locale.ROOT, "%.6f %d%n", (System.nanoTime() - begin) / 1e9, tokens);
    }
}
