package org.earshot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.earshot.testing.TestModels;
import org.earshot.testing.Updates;
import org.junit.jupiter.api.Test;

class HeadUpdateTest {
  private static final HeadUpdate.Signer SIGNER =
      new HeadUpdate.Signer() {
        @Override
        public byte[] keyId() {
          return Sha256.of(new byte[] {1});
        }

        @Override
        public byte[] sign(byte[] bytes) {
          byte[] digest = Sha256.of(bytes); // no signature, but as one it follows every byte
          return Arrays.copyOf(digest, HeadUpdate.SIGNATURE_BYTES);
        }
      };

  private final BaseModel base = TestModels.random(1, 6, "siren").base();
  private final HeadModel head =
      TestModels.withCurves(new SoundModel(base, List.of(Updates.head(base, "kettle", 3))), 2)
          .heads()
          .get(0);
  private final GoldenPosteriors golden = Updates.golden(head);
  private final byte[] file = HeadUpdate.write(head, golden, SIGNER);

  @Test
  void whatWasWrittenIsRead() throws ModelFormatException {
    HeadUpdate update = HeadUpdate.read(file, "kettle.esh");

    assertThat(update.head()).isEqualTo(head);
    assertThat(update.golden()).isEqualTo(golden);
    assertThat(update.file()).isEqualTo(file);
    assertThat(update.keyId()).isEqualTo(SIGNER.keyId());
    assertThat(update.signature()).isEqualTo(SIGNER.sign(update.signedBytes()));
    assertThat(ModelFile.readHead(file, "kettle.esh")).isEqualTo(head);
  }

  /** Whatever is changed and sealed anew, the signed bytes are others than those of the signer. */
  @Test
  void whatIsSignedCoversAllButTheSignature() throws ModelFormatException {
    int signature = file.length - HeadUpdate.SIGNATURE_BYTES;
    int payloads = 56 + 4 * Container.ENTRY_BYTES;
    for (int at = payloads; at < signature - HeadUpdate.KEY_ID_BYTES - 2; at++) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      try {
        HeadUpdate update = HeadUpdate.read(Resealing.all(changed), "changed");
        assertThat(update.signature())
            .as("byte %d", at)
            .isNotEqualTo(SIGNER.sign(update.signedBytes()));
      } catch (ModelFormatException e) {
        assertThat(e.offset()).isPositive(); // out of bounds: refused before anybody asks
      }
    }
  }

  @Test
  void aHeadFileThatIsNoUpdateIsRefused() {
    assertThatThrownBy(() -> HeadUpdate.read(ModelFile.writeHead(head), "plain.esh"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("plain.esh: is not signed");
    assertThatThrownBy(() -> HeadUpdate.read(new byte[HeadUpdate.MAX_BYTES + 1], "long.esh"))
        .hasMessageContaining("larger than any update");
    assertThatThrownBy(() -> HeadUpdate.read(new byte[9], "junk"))
        .hasMessageContaining("wrong magic");
  }

  @Test
  void sectionsThatLackOrStandInTheWrongPlaceAreRefused() {
    Container.Payload sign = new Container.Payload(Container.SIGN, 0, signature());
    List<Container.Payload> plain = new ArrayList<>(ModelFile.payloads(head));
    Container.Payload gold = Container.Payload.golden(golden);

    assertThat(refusal(plain, List.of(sign))).contains("0 sections of golden posteriors");
    assertThat(refusal(plain, List.of(gold, gold, sign))).contains("2 sections of golden");
    assertThat(refusal(plain, List.of(sign, gold))).contains("no SIGN as its last section");
    assertThat(refusal(plain, List.of(gold, new Container.Payload(Container.SIGN, 0, new byte[7]))))
        .contains("algorithm of the signature");
    byte[] cut = Arrays.copyOf(signature(), 40);
    assertThat(refusal(plain, List.of(gold, new Container.Payload(Container.SIGN, 0, cut))))
        .contains("ends within signature");
    GoldenPosteriors wide =
        new GoldenPosteriors(List.of(new GoldenPosteriors.Example(new byte[5], 0)));
    assertThat(refusal(plain, List.of(Container.Payload.golden(wide), sign)))
        .contains("of 5 hidden states, its head reads 12");
  }

  private static byte[] signature() {
    return new PayloadWriter()
        .u16(1)
        .bytes(new byte[HeadUpdate.KEY_ID_BYTES])
        .bytes(new byte[HeadUpdate.SIGNATURE_BYTES])
        .toBytes();
  }

  private static String refusal(List<Container.Payload> head, List<Container.Payload> others) {
    List<Container.Payload> all = new ArrayList<>(head);
    all.addAll(others);
    byte[] file = Container.write(Container.KIND_HEAD, all);
    try {
      HeadUpdate.read(file, "update");
    } catch (ModelFormatException e) {
      return e.getMessage();
    }
    return "accepted";
  }

  @Test
  void goldenPosteriorsHaveBounds() {
    GoldenPosteriors.Example example = new GoldenPosteriors.Example(new byte[2], 0.5f);

    assertThatIllegalArgumentException().isThrownBy(() -> new GoldenPosteriors(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GoldenPosteriors(
                    List.of(example, new GoldenPosteriors.Example(new byte[3], 0))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GoldenPosteriors.Example(new byte[] {-128}, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GoldenPosteriors.Example(new byte[1], Float.NaN));
  }
}
