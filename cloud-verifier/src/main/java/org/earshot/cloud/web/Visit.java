package org.earshot.cloud.web;

import java.util.Set;
import org.earshot.cloud.web.account.Account;
import org.earshot.cloud.web.account.Role;
import org.earshot.cloud.web.account.Session;
import org.earshot.event.Topics;

/**
 * One request: who asks, and what they may.
 *
 * @param caller where it comes from
 * @param session null when nobody is signed in
 * @param token the browser's secret, of a session or of a guest; null when it has none
 */
record Visit(Caller caller, Session session, String token) {
  Account account() {
    if (session == null) {
      throw Problem.signedOut();
    }
    return session.account();
  }

  /** The homes that this person may see. */
  Set<String> sites() {
    return account().sites().keySet();
  }

  /**
   * Throws "not found" when the person may not see this home, so that it cannot be told from one
   * that does not exist.
   */
  void mustSee(String site) {
    if (!sites().contains(site)) {
      throw Problem.notFound();
    }
  }

  /** The same, and throws "not allowed" when they may only see it. */
  void mustOwn(String site) {
    mustSee(site);
    if (account().sites().get(site) != Role.OWNER) {
      throw Problem.forbidden("only an owner of " + site + " may do this");
    }
  }

  void mustManage() {
    if (!account().admin()) {
      throw Problem.forbidden("only an administrator may do this");
    }
  }

  /** Returns the topics of a device that the person may see; of a strange name "not found". */
  Topics device(String site, String device) {
    mustSee(site);
    try {
      return new Topics(site, device);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }
}
