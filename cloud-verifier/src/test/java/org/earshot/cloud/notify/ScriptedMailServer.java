package org.earshot.cloud.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers each recipient as a test says, and everything else kindly. */
final class ScriptedMailServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Deque<String> forRecipients;
  private final SSLContext tls; // null: it cannot encrypt
  private final boolean fromTheStart;
  private final List<String> heard = new ArrayList<>(); // guarded by itself
  private final Thread thread = new Thread(this::serve, "scripted-mail-server");

  ScriptedMailServer(String... forRecipients) throws IOException {
    this(null, false, forRecipients);
  }

  /** One that encrypts, from the start or when it is asked to. */
  ScriptedMailServer(SSLContext tls, boolean fromTheStart, String... forRecipients)
      throws IOException {
    this.tls = tls;
    this.fromTheStart = fromTheStart;
    this.forRecipients = new ArrayDeque<>(List.of(forRecipients));
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What it heard on an encrypted connection. */
  List<String> heardInSecret() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  private void serve() {
    try (Socket connection = socket.accept()) {
      if (fromTheStart) {
        converse(encrypted(connection), true);
      } else if (converse(connection, false)) {
        converse(encrypted(connection), true);
      }
    } catch (IOException e) {
      // the test is over, or the client does not trust it
    }
  }

  private Socket encrypted(Socket connection) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(connection, "127.0.0.1", connection.getPort(), true);
    encrypted.setUseClientMode(false);
    return encrypted;
  }

  /** True when the client wants to go on encrypted. */
  private boolean converse(Socket connection, boolean secret) throws IOException {
    InputStream in = connection.getInputStream();
    OutputStream out = connection.getOutputStream();
    if (!secret || fromTheStart) {
      say(out, "220 here");
    }
    boolean data = false;
    String line;
    while ((line = line(in)) != null) {
      if (secret) {
        synchronized (heard) {
          heard.add(line);
        }
      }
      if (data) {
        data = !line.equals(".");
        if (!data) {
          say(out, "250 taken");
        }
      } else if (line.startsWith("EHLO") && tls != null && !secret) {
        say(out, "250-well");
        say(out, "250 STARTTLS");
      } else if (line.equals("STARTTLS")) {
        say(out, "220 go on");
        return true;
      } else if (line.startsWith("RCPT")) {
        say(out, forRecipients.remove());
      } else if (line.startsWith("DATA")) {
        data = true;
        say(out, "354 go on");
      } else {
        say(out, "250 well");
      }
    }
    return false;
  }

  /** Reads no further than the line's end: what follows may be encrypted. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0 && c != '\n') {
      line.append((char) c);
    }
    return c < 0 ? null : line.toString().strip();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
