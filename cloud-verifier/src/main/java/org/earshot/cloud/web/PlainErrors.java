package org.earshot.cloud.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself refuses, such as a damaged request, like everything else. */
final class PlainErrors extends ErrorHandler {
  @Override
  protected boolean generateAcceptableResponse(
      Request request,
      Response response,
      Callback callback,
      String contentType,
      List<Charset> charsets,
      int code,
      String message,
      Throwable cause)
      throws IOException {
    HttpFields.Mutable fields = response.getHeaders();
    Headers.set(false, fields::put);
    fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, ByteBuffer.wrap(body(code)), callback);
    return true;
  }

  private static byte[] body(int status) {
    return Json.bytes(
        Json.object(
            "type",
            "about:blank",
            "title",
            "Refused",
            "status",
            status,
            "detail",
            "the request cannot be served"));
  }
}
