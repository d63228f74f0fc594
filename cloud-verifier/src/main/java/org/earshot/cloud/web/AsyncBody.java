package org.earshot.cloud.web;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The body of an answer that goes on: pieces are written as they come, without a thread that waits.
 *
 * <p>Pieces wait in a bounded queue while the network is slow. Thread-safe; no method blocks.
 */
final class AsyncBody implements WriteListener {
  private final int maxPieces;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Deque<byte[]> pieces = new ArrayDeque<>(); // guarded by this, as all below
  private ServletOutputStream out; // null until the first write is possible
  private boolean ready;
  private boolean flushDue = true; // the headers at once, also before the first piece
  private boolean closing;

  /**
   * Makes one.
   *
   * @param maxPieces that may wait
   */
  AsyncBody(int maxPieces) {
    this.maxPieces = maxPieces;
  }

  /** Makes this the answer's body; the handler returns after it. */
  void start(Context context, Runnable started) {
    context.future(
        () -> {
          context.req().getAsyncContext().setTimeout(0); // it ends by close, or by its network
          try {
            ServletOutputStream stream = context.res().getOutputStream();
            synchronized (this) {
              out = stream;
            }
            stream.setWriteListener(this);
          } catch (IOException e) {
            onError(e);
          }
          started.run();
          return end;
        });
  }

  /** Adds a piece; false when the body has ended, or too many wait. */
  boolean offer(byte[] piece) {
    synchronized (this) {
      if (closing || end.isDone() || pieces.size() >= maxPieces) {
        return false;
      }
      pieces.add(piece);
    }
    drain();
    return true;
  }

  /** Ends the body after what waits. */
  void close() {
    synchronized (this) {
      closing = true;
    }
    drain();
  }

  /** Ends the body at once. */
  void abort() {
    end.complete(null);
  }

  /** Completes when the body has ended, however that came. */
  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      ready = true;
    }
    drain();
  }

  @Override
  public void onError(Throwable error) {
    end.complete(null); // the browser has gone; that is how such bodies mostly end
  }

  /** The future is completed outside of the lock: what follows it may take other locks. */
  private void drain() {
    boolean over;
    synchronized (this) {
      try {
        over = write();
      } catch (IOException | RuntimeException e) {
        over = true;
      }
    }
    if (over) {
      end.complete(null);
    }
  }

  private boolean write() throws IOException {
    if (!ready || end.isDone()) {
      return false;
    }
    while (out.isReady()) {
      byte[] piece = pieces.poll();
      if (piece != null) {
        out.write(piece);
        flushDue = true;
      } else if (flushDue) {
        flushDue = false;
        out.flush();
      } else {
        return closing;
      }
    }
    ready = false; // onWritePossible follows
    return false;
  }
}
