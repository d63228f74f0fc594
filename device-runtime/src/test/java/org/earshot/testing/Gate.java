package org.earshot.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a device and its broker: opens and shuts, and can hold up one client's bytes.
 *
 * <p>Shut, it ends every connection and each new one at once.
 */
public final class Gate implements AutoCloseable {
  private static final int BUFFER_BYTES = 4096;

  private final ServerSocket server;
  private final int brokerPort;
  private final List<Closeable> sockets = new ArrayList<>(); // guarded by this
  private boolean open = true; // guarded by this
  private String heldClient; // guarded by this; null when nobody is held up
  private long heldAfterBytes; // guarded by this
  private boolean holding; // guarded by this
  private boolean deaf; // guarded by this

  /** Makes an open gate before the broker at a port. */
  public Gate(int brokerPort) throws IOException {
    this.brokerPort = brokerPort;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("gate", this::accept);
  }

  /** Returns the address that a device is to use. */
  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
  }

  /** Lets connections through from now on. */
  public synchronized void open() {
    open = true;
  }

  /** Ends all connections, and new ones at once. */
  public synchronized void shut() {
    open = false;
    sockets.forEach(Gate::closeQuietly);
    sockets.clear();
  }

  /** Passes only so many bytes of clients whose first bytes hold a text, until released. */
  public synchronized void hold(String client, long afterBytes) {
    heldClient = client;
    heldAfterBytes = afterBytes;
  }

  /** Swallows what the broker answers, or not. */
  public synchronized void swallowAnswers(boolean swallow) {
    deaf = swallow;
  }

  private synchronized boolean swallows() {
    return deaf;
  }

  /** Waits until a client is held up. */
  public synchronized void awaitHolding() throws InterruptedException {
    while (!holding) {
      wait();
    }
  }

  /** Passes everything again. */
  public synchronized void release() {
    heldClient = null;
    notifyAll();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket device = server.accept();
        connect(device);
      } catch (IOException e) {
        // closed, or no broker: the device's connection ends
      }
    }
  }

  private void connect(Socket device) throws IOException {
    synchronized (this) {
      if (!open) {
        device.close();
        return;
      }
      sockets.add(device);
    }
    Socket broker;
    try {
      broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
    } catch (IOException e) {
      device.close();
      throw e;
    }
    synchronized (this) {
      sockets.add(broker);
      if (!open) {
        shut();
      }
    }
    start("gate-up", () -> pass(device, broker, true));
    start("gate-down", () -> pass(broker, device, false));
  }

  private void pass(Socket from, Socket to, boolean upwards) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long passed = 0;
    String client = null;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        if (client == null) {
          client = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        }
        passed += length;
        if (upwards) {
          holdUp(client, passed);
        }
        if (upwards || !swallows()) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException | InterruptedException e) {
      // the connection ends
    }
  }

  private synchronized void holdUp(String client, long passed) throws InterruptedException {
    while (heldClient != null && client.contains(heldClient) && passed > heldAfterBytes) {
      holding = true;
      notifyAll();
      wait();
    }
  }

  private static void start(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    release();
    shut();
  }
}
