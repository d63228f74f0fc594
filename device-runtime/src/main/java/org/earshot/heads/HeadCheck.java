package org.earshot.heads;

import java.util.Arrays;
import org.earshot.heads.HeadRefusedException.Reason;
import org.earshot.model.BaseModel;
import org.earshot.model.HeadModel;
import org.earshot.model.HeadUpdate;
import org.earshot.model.ModelFormatException;
import org.earshot.network.HeadNetwork;

/** All that is checked of an update but what was taken before it. Immutable, thread-safe. */
public final class HeadCheck {
  private final BaseModel base;
  private final byte[] fingerprint;
  private final TrustedKeys keys;

  /** Makes a check of updates for a base, signed by one of the keys. */
  public HeadCheck(BaseModel base, TrustedKeys keys) {
    this.base = base;
    this.keys = keys;
    fingerprint = base.fingerprint();
  }

  /**
   * Reads an update that is whole, truly signed, for this base, and gives here what it gave where
   * it was made.
   *
   * @param name for messages
   * @throws HeadRefusedException that says which of these it is not
   */
  public HeadUpdate check(byte[] file, String name) throws HeadRefusedException {
    HeadUpdate update;
    try {
      update = HeadUpdate.read(file, name);
    } catch (ModelFormatException e) {
      throw new HeadRefusedException(Reason.DAMAGED, e.getMessage(), e);
    }
    keys.check(update, name);
    HeadModel head = update.head();
    if (!Arrays.equals(fingerprint, head.baseFingerprint()) || head.inputs() != base.headInputs()) {
      throw new HeadRefusedException(
          Reason.WRONG_BASE,
          name + ": " + head.event() + " was made for another base; make it again for this one");
    }
    int mismatch = HeadNetwork.firstMismatch(head, update.golden());
    if (mismatch >= 0) {
      throw new HeadRefusedException(
          Reason.SELF_TEST,
          String.format(
              "%s: %s fails its self-test: golden posterior %d is another here; make it again",
              name, head.event(), mismatch));
    }
    return update;
  }
}
