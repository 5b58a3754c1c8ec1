package dev.tenure.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// What `./fuzz` runs, one method at a time. What breaks a law is written to the method's directory
/// in `ScimFuzzTestInputs`, which [CorpusTest] replays for ever.
class ScimFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "scim.dict")
  void filter(byte[] input) {
    Target.FILTER.accept(input);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "scim.dict")
  void patch(byte[] input) {
    Target.PATCH.accept(input);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "scim.dict")
  void json(byte[] input) {
    Target.JSON.accept(input);
  }
}
